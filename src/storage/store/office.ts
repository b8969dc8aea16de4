/** The office: its rooms, seats and people, its 通讯录, its 公示屏, its settings. */
import type { Contact } from '../../directory/contact.ts';
import type { Office } from '../../duty/office.ts';
import type { KeyMap } from '../../keys/own-keys.ts';
import type { PersonView } from '../../web/protocol/room-view.ts';
import { atOneMoment, type ReadDeps } from '../read.ts';
import { superiorOffices } from '../reporting-calls.ts';
import { personRow, seatRow } from '../room-views.ts';
import { readContacts, readOffice } from '../service-reads.ts';
import { type WallLink, type WallRoom, wallLinkOf, wallLinks, wallRoom } from '../wall-links.ts';

export interface StoredOffice {
  officeIsEmpty(): Promise<boolean>;
  office(): Promise<Office>;
  person(id: string): Promise<PersonRow | undefined>;
  /** Who sits there and where it stands; undefined for an unknown seat. */
  seat(id: string): Promise<SeatRow | undefined>;
  /** 通讯录. */
  contacts(): Promise<readonly Contact[]>;
  /** Names of 上级单位 in the directory. */
  superiorOffices(): Promise<readonly string[]>;
  setting(key: string): Promise<string | undefined>;

  /** 公示屏: the link of a token that was not revoked, by the token's digest. */
  wallLinkOf(tokenDigest: string): Promise<WallLink | undefined>;
  /** Those that were not revoked. */
  wallLinks(): Promise<readonly WallLink[]>;
  wallRoom(id: string): Promise<WallRoom | undefined>;
}

export interface PersonRow extends PersonView {
  readonly room: string;
  readonly phone: string | null;
  readonly pinHash: string | null;
  /** What he has changed of the keys. */
  readonly keys: KeyMap;
}

export interface SeatRow {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
  readonly person: PersonView | null;
  /** His keys; null: nobody sits there. */
  readonly personKeys: KeyMap | null;
}

export function storedOffice(deps: ReadDeps): StoredOffice {
  const { db } = deps;
  return {
    async officeIsEmpty() {
      return (await db.selectFrom('rooms').select('id').limit(1).executeTakeFirst()) === undefined;
    },
    office: () => readOffice(deps),
    person: (id) => personRow(deps, id),
    seat: (id) => seatRow(deps, id),
    contacts: () => readContacts(deps),
    superiorOffices: () => superiorOffices(deps),
    async setting(key) {
      return (await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst())
        ?.value;
    },
    wallLinkOf: (tokenDigest) => wallLinkOf(deps, tokenDigest),
    wallLinks: () => wallLinks(deps),
    wallRoom: (id) => atOneMoment(deps, (moment) => wallRoom(moment, id)),
  };
}
