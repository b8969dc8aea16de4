/**
 * What an entry of the telephone book must be. The limits are those of `office.yaml`, so that whatever is typed on a page
 * survives `office export` and `office import`.
 */
import type { Contact } from './contact.ts';
import { readNumber } from './number.ts';

/** An entry before it has an id. */
export type ContactDraft = Omit<Contact, 'id'>;

/** What is wrong, and with which item. */
export interface ContactFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly field: 'number' | 'unit' | 'person' | 'title';
}

export type ReadContact =
  | { readonly ok: true; readonly contact: ContactDraft }
  | { readonly ok: false; readonly fault: ContactFault };

const LONGEST = { unit: 60, person: 20, title: 30 } as const;
const NAMES = { unit: '单位', person: '姓名', title: '职务' } as const;
const NUMBER = /^[+(]?[0-9][0-9 ()-]{1,24}$/;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/**
 * Brings a typed or imported entry to the form it is kept in: full-width digits and signs plain, invisible characters
 * away, empty texts null. Says what is wrong with it instead when it cannot be kept.
 */
export function readContact(draft: ContactDraft, areaCode: string): ReadContact {
  const number = plainNumber(draft.number);
  const contact = {
    number,
    unit: plainText(draft.unit),
    person: plainText(draft.person),
    title: plainText(draft.title),
    class: draft.class,
  };
  if (!NUMBER.test(number) || readNumber(number, areaCode).matchKey === null)
    return { ok: false, fault: badNumber };
  for (const field of ['unit', 'person', 'title'] as const) {
    if ([...(contact[field] ?? '')].length > LONGEST[field]) return { ok: false, fault: tooLong(field) };
  }
  if (contact.unit === null && contact.person === null) return { ok: false, fault: nameless };
  return { ok: true, contact };
}

/** Whether two entries say the same, whatever their ids. */
export function sameContact(one: ContactDraft, other: ContactDraft): boolean {
  return (
    one.number === other.number &&
    one.unit === other.unit &&
    one.person === other.person &&
    one.title === other.title &&
    one.class === other.class
  );
}

function plainNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[\u2010-\u2015.·/]/g, '-')
    .trim();
}

function plainText(text: string | null): string | null {
  const plain = (text ?? '').toWellFormed().replace(/\s/gu, ' ').replace(INVISIBLE, '').trim();
  return plain === '' ? null : plain;
}

const badNumber: ContactFault = {
  code: 'contact-number',
  zh: '电话号码写法不对，请只写数字、空格、横线和括号，分机另写一条。',
  en: 'Write a telephone number of digits, blanks, hyphens and brackets; an extension is an entry of its own.',
  field: 'number',
};

const nameless: ContactFault = {
  code: 'contact-nameless',
  zh: '单位和姓名至少填写一项。',
  en: 'Give a unit or a person.',
  field: 'unit',
};

function tooLong(field: keyof typeof LONGEST): ContactFault {
  return {
    code: 'contact-too-long',
    zh: `${NAMES[field]}最多 ${LONGEST[field]} 字。`,
    en: `At most ${LONGEST[field]} characters in this item.`,
    field,
  };
}
