import type { KnownCaller } from '../directory/contact.ts';
import type { PhoneNumber } from '../directory/number.ts';
import type { FieldName } from './field.ts';

export interface PrefillFrom {
  /** When the call arrived, integer ms UTC, corrected by the offset of the PBX clock (D15). */
  readonly at: number;
  /** The other side: the caller inbound, the called number outbound. */
  readonly number: PhoneNumber;
  /** What the directory knows of that number. */
  readonly known: KnownCaller | null;
  /** Person of the seat whose phone answered; null while nobody has. */
  readonly recorder: { readonly name: string; readonly phone: string | null } | null;
  /** Published number of the line: 联系电话 of a room whose people have no number of their own. */
  readonly lineNumber: string | null;
}

/** What the telephone itself can write into the form: only values it knows, nothing guessed. */
export function prefill(from: PrefillFrom): Readonly<Partial<Record<FieldName, string>>> {
  return withoutEmpty({
    callTime: String(from.at),
    callerUnit: from.known?.unit ?? '',
    callerName: from.known?.person ?? '',
    callerNumber: from.number.kind === 'withheld' ? '未显示' : (from.number.shown ?? ''),
    ...recorderValues(from),
  });
}

/** 记录人 and 联系电话 once it is known who answered. */
export function recorderValues(
  from: Pick<PrefillFrom, 'recorder' | 'lineNumber'>,
): Readonly<Partial<Record<FieldName, string>>> {
  if (from.recorder === null) return {};
  return withoutEmpty({
    recorder: from.recorder.name,
    recorderPhone: from.recorder.phone ?? from.lineNumber ?? '',
  });
}

function withoutEmpty(values: Partial<Record<FieldName, string>>): Partial<Record<FieldName, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
