/** Style sheets of screens that are loaded when they are opened: Vite takes them along with the screen's code. */
declare module '*.css';
