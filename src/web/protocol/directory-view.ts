/** 通讯录 as the page sees it. */
export interface ContactView {
  readonly id: string;
  /** Null for a superior office, for accounts that may not see such numbers. */
  readonly number: string | null;
  readonly unit: string | null;
  readonly person: string | null;
  readonly title: string | null;
  readonly class: 'superior' | 'subordinate' | 'public' | null;
}

export interface DirectoryView {
  readonly contacts: readonly ContactView[];
  readonly mayEdit: boolean;
  readonly seesSuperior: boolean;
}
