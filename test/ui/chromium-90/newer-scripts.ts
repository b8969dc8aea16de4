/**
 * What a built script names that Chromium 90 lacks and a later Chromium has: parts of the language's library and of the browser.
 * The lists beside this file are those of MDN's browser-compat-data 8.1.9 (CC0). Names are compared as text, since in a minified
 * script nothing says of what kind an object is: a name that something older has too is not among the members, and one that
 * the script gives to something of its own is passed over.
 */
import { readFileSync } from 'node:fs';

/** Names of members of any object (`findLast`), whole names of static ones (`Object.groupBy`), and global names. */
const MEMBERS = wordsOf('newer-members.txt');
const STATICS = wordsOf('newer-statics.txt');
const GLOBALS = wordsOf('newer-globals.txt');

/** Each name once, with what stands round it first. */
export function newerScripts(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const note = (name: string, at: number): void => {
    if (!found.has(name)) found.set(name, text.slice(Math.max(0, at - 60), at + name.length + 40));
  };
  for (const { 1: name = '', index } of text.matchAll(/\.([A-Za-z_$][\w$]*)/g))
    if (MEMBERS.has(name) && !isOwn(name, text)) note(name, index + 1);
  for (const { 0: name, index } of text.matchAll(/(?<![\w$.])[A-Z]\w*\.\w+/g))
    if (STATICS.has(name)) note(name, index);
  for (const { 1: name = '', index } of text.matchAll(/(?<![\w$.'"`-])([A-Za-z]\w*)(?=[.(])/g))
    if (GLOBALS.has(name)) note(name, index);
  return found;
}

/** The script itself has members of that name. */
function isOwn(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w$.?])${name}(?::|=[^=]|\\([\\w$,{}.\\s]*\\)\\{)`).test(text);
}

function wordsOf(file: string): ReadonlySet<string> {
  return new Set(readFileSync(new URL(file, import.meta.url), 'utf8').split(/\s+/));
}
