/** Captures of real calls as the tracker's inputs. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';

const test = join(import.meta.dirname, '..');

/** Paths of every capture: the samples and the golden ones. */
export function captureFiles(): readonly string[] {
  const found = globSync(['samples/ami/*.ami.gz', 'golden/*.ami', 'golden/*.ami.gz'], { cwd: test });
  return found.sort().map((file) => join(test, file));
}

/** One sample by its name: `22-in-answered-utf8`. */
export function sampleFile(name: string): string {
  return join(test, 'samples/ami', `${name}.ami.gz`);
}

/** The events the tracker is given of a capture, in order. */
export function eventsOf(file: string): readonly ChannelEvent[] {
  const bytes = readFileSync(file);
  const parser = createPacketParser();
  const packets = [...parser.push(file.endsWith('.gz') ? gunzipSync(bytes) : bytes), ...parser.settle(true)];
  return packets.flatMap((packet) => {
    const decoded = decode(packet);
    return decoded.kind === 'event' ? [decoded.event] : [];
  });
}
