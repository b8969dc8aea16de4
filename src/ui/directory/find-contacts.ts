/** Which entries are shown: by any part of any item, several words at once. Pure. */
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { directoryWords } from './words.ts';

/** Those that hold every word; digits are found whatever stands between them. In the order of unit, then person. */
export function findContacts(contacts: readonly ContactView[], asked: string): readonly ContactView[] {
  const wanted = asked
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s，,、]+/)
    .filter((word) => word !== '');
  return contacts
    .filter((contact) => wanted.every((word) => holds(contact, word)))
    .sort(
      (one, other) =>
        collator.compare(one.unit ?? LAST, other.unit ?? LAST) ||
        collator.compare(one.person ?? '', other.person ?? ''),
    );
}

/** The entries that share the number of one, but for itself. */
export function withSameNumber(
  contacts: readonly ContactView[],
  contact: ContactView,
): readonly ContactView[] {
  const digits = digitsOf(contact.number);
  if (digits === '') return [];
  return contacts.filter((other) => other.id !== contact.id && digitsOf(other.number) === digits);
}

const collator = new Intl.Collator('zh-CN');
/** Behind every unit. */
const LAST = '\uffff';

function holds(contact: ContactView, word: string): boolean {
  const { unit, person, title, number } = contact;
  const kind = directoryWords.kinds[contact.class ?? 'unknown'];
  const digits = word.replace(/[-()]/g, '');
  return (
    [unit, person, title, kind].some((text) => text?.toLowerCase().includes(word)) ||
    (/^\+?\d+$/.test(digits) && digitsOf(number).includes(digits))
  );
}

function digitsOf(number: string | null): string {
  return (number ?? '').replace(/[^\d+]/g, '');
}
