/** The part of the page that keeps and sends texts, as a browser gets it; built by `page-code.ts`, never imported by a test. */
export { createDeskStore } from '../../src/ui/desk-store.ts';
export { afterRendering, editOf, shownText } from '../../src/ui/field-hand.ts';
