import { headerIndex, ParsedPacket } from './ami-packet.ts';

/** The name of each line of a paragraph, in order; '' for a line without colon. */
export function headerNamesOf(text: string): readonly string[] {
  const lines = text.split('\r\n').slice(0, -1);
  return lines.map((line) => line.slice(0, Math.max(line.indexOf(':'), 0)));
}

/**
 * Reads a paragraph as lines in any order: `Key: value` and `Key:value`, repeats kept, lines without a colon left out.
 *
 * @param text the paragraph, see `ParagraphSink`
 * @param names what `headerNamesOf` says of it
 * @param ascii whether it holds nothing beyond ASCII
 * @returns an event or a response, named by the value of its first line
 */
export function genericPacket(text: string, names: readonly string[], ascii: boolean): ParsedPacket {
  const lines = text.split('\r\n').slice(0, -1);
  const kept = names.filter((name) => name !== '');
  const raw = lines.flatMap((line, place) => {
    const name = names[place] ?? '';
    const space = line.charAt(name.length + 1) === ' ' ? 2 : 1;
    return name === '' ? [] : [line.slice(name.length + space)];
  });
  const kind = names[0] === 'Response' ? 'response' : 'event';
  const index = headerIndex(kept);
  return new ParsedPacket({
    kind,
    name: raw[0] ?? '',
    index,
    raw,
    isText: ascii,
    tampered: null,
    snapshot: null,
  });
}
