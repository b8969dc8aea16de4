import type { Browser } from 'playwright-core';
import type { Camera } from './camera.ts';
import type { History } from './history.ts';
import type { PicturedOffice } from './office.ts';

/** What every chapter of the pictures has. */
export interface Studio {
  readonly office: PicturedOffice;
  readonly browser: Browser;
  readonly camera: Camera;
  readonly history: History;
}
