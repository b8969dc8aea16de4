import './old-browsers.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createDeskStore } from './desk-store.ts';
import { createSoundBox } from './sound.ts';
import { createUploads } from './uploads.ts';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no #page');

const store = createDeskStore();
const sound = createSoundBox();
const uploads = createUploads();
createRoot(root).render(
  <StrictMode>
    <App store={store} sound={sound} uploads={uploads} />
  </StrictMode>,
);
void store.begin();
