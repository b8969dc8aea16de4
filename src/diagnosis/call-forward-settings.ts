/**
 * Call forwarding, follow-me and do-not-disturb as AstDB keeps them for an extension. FreePBX 16 and 17 use these keys, and dialplans
 * written by hand as a rule the same: `CF` always, `CFU` when it is not answered or not there (not "unconditional"), `CFB` when busy.
 */
import { isPlainTone } from './dial-arguments.ts';
import type { SettingRule, SettingSuspicion } from './setting-suspicion.ts';
import type { Scope } from './suspicion.ts';

const FORWARDS = { CF: 'always', CFU: 'no-answer', CFB: 'busy' } as const satisfies Readonly<
  Record<string, Scope>
>;

/** Values in AstDB by `family/key`; '' and no entry alike mean that there is none. */
export type DatabaseValues = ReadonlyMap<string, string | null>;

const inFollowMe = (extension: string, name: string) => `AMPUSER/${extension}/followme/${name}`;

/** Extension of a phone: `1001` of `PJSIP/1001`. Null for one whose name could say more than a key to AstDB. */
export function extensionOf(endpoint: string): string | null {
  const name = endpoint.slice(endpoint.indexOf('/') + 1);
  return /^[\w*#+-]{1,40}$/.test(name) ? name : null;
}

/** The keys to be read for one extension. */
export function settingKeys(extension: string): readonly string[] {
  return [
    ...Object.keys(FORWARDS).map((family) => `${family}/${extension}`),
    `DND/${extension}`,
    ...['ddial', 'grplist', 'ringing', 'annmsg'].map((name) => inFollowMe(extension, name)),
  ];
}

/**
 * What these settings do to a line that rings this phone. `own` are the extensions of the line's phones: passing a call on among
 * them is nobody's business.
 */
export function settingSuspicions(
  phone: string,
  values: DatabaseValues,
  own: readonly string[],
): readonly SettingSuspicion[] {
  const extension = extensionOf(phone);
  if (extension === null) return [];
  const found = (
    rule: SettingRule,
    scope: Scope,
    key: string,
    more: { readonly target?: string; readonly sound?: string } = {},
  ): SettingSuspicion => ({
    rule,
    scope,
    target: more.target ?? null,
    sound: more.sound ?? null,
    place: { kind: 'database', key, value: values.get(key) ?? '', phone },
  });

  const forwards = Object.entries(FORWARDS).flatMap(([family, scope]) => {
    const key = `${family}/${extension}`;
    const target = (values.get(key) ?? '').trim();
    // A phone's own number in CF is passed over by FreePBX.
    return target === '' || own.includes(target) || target === extension
      ? []
      : [found('call-forward', scope, key, { target })];
  });
  const dnd = `DND/${extension}`;
  const disturbed = (values.get(dnd) ?? '') === '' ? [] : [found('do-not-disturb', 'always', dnd)];
  return [...forwards, ...disturbed, ...followMe(extension, values, own, found)];
}

type Found = (
  rule: SettingRule,
  scope: Scope,
  key: string,
  more?: { readonly target?: string; readonly sound?: string },
) => SettingSuspicion;

/** `ddial` is DIRECT while follow-me is on; absent or EXTENSION it is off. The list joins its numbers by `-`, outside ones end in `#`. */
function followMe(
  extension: string,
  values: DatabaseValues,
  own: readonly string[],
  found: Found,
): readonly SettingSuspicion[] {
  const key = (name: string) => inFollowMe(extension, name);
  const value = (name: string) => (values.get(key(name)) ?? '').trim();
  if (value('ddial') === '' || value('ddial') === 'EXTENSION') return [];
  const members = value('grplist')
    .split('-')
    .map((member) => member.replace(/#$/, ''))
    .filter((member) => member !== '' && member !== extension && !own.includes(member))
    .map((target) => found('follow-me', 'always', key('grplist'), { target }));
  const ringing = value('ringing');
  const music =
    ringing === '' || isPlainTone(ringing)
      ? []
      : [found('music-while-ringing', 'always', key('ringing'), { sound: ringing })];
  const announcement = value('annmsg');
  const speech =
    announcement === '' || announcement === '0'
      ? []
      : [found('announcement', 'always', key('annmsg'), { sound: announcement })];
  return [...members, ...music, ...speech];
}
