import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createConnectionSplitter } from '../../src/cli/capture-connections.ts';
import { sampleFile } from '../calls/captured.ts';
import { explained } from './explained.ts';
import { dutyline, shippedConfig } from './run-dutyline.ts';

const LINE = {
  line: '0954-2035678',
  dids: '09542035678,09542035605',
  phones: 'PJSIP/1001,PJSIP/1002',
  trunks: 'PJSIP/telco',
};
const answered = gunzipSync(readFileSync(sampleFile('22-in-answered-utf8')));
const group = gunzipSync(readFileSync(sampleFile('22-ring-group')));
const folder = mkdtempSync(join(tmpdir(), 'dutyline-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

function captureFile(name: string, ...parts: readonly Uint8Array[]): string {
  const file = join(folder, name);
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

describe('dutyline explain', () => {
  it('prints every field in its order, seconds with three decimals', async () => {
    const { lines, counts } = await explained(LINE, sampleFile('22-in-answered-utf8'));
    expect(lines).toEqual([
      '{"linkedId":"1795452315.0","line":"0954-2035678","direction":"inbound",' +
        '"caller":{"number":"09548887777","name":"市应急指挥中心"},"dialled":"09542035678","outcome":"answered",' +
        '"startedAt":1795452315827,"ringingAt":1795452315839,"answeredAt":1795452317042,"endedAt":1795452319550,' +
        '"ringSeconds":1.203,"talkSeconds":2.508,"answeredBy":"PJSIP/1001","hungUpBy":"callee","transfers":[],' +
        '"leftPremises":false,"leftTo":null,"diverted":false,"preAnswerAudio":"none","tampered":false,' +
        '"recordings":[],"complete":true}',
    ]);
    expect(counts).toEqual({ packets: 110, unknownEvents: 0, quarantined: 0, oversized: 0, broken: 0 });
  });

  it('keeps three decimals also where they are noughts, and a forged key inside a name as text', async () => {
    const forged = answered.toString('latin1').replaceAll('CallerIDName: ', 'CallerIDName: "ringSeconds":5,');
    const { lines, calls } = await explained(LINE, captureFile('key.ami', Buffer.from(forged, 'latin1')));
    expect(calls[0]?.caller.name).toContain('"ringSeconds":5,');
    expect(lines[0]).toMatch(/"talkSeconds":\d+\.\d{3},/);
  });

  it('explains each file by itself, in order', async () => {
    const { calls, counts } = await explained(
      LINE,
      sampleFile('22-ring-group'),
      sampleFile('22-in-answered-utf8'),
    );
    expect(calls.map((call) => call.dialled)).toEqual(['09542035605', '09542035678']);
    expect(counts.packets).toBeGreaterThan(200);
  });

  it('says nothing of a call to another number', async () => {
    const { calls } = await explained(
      { line: '0954-9', phones: 'PJSIP/7', trunks: 'PJSIP/telco' },
      sampleFile('22-in-missed'),
    );
    expect(calls).toEqual([]);
  });

  it('needs no trunks to know an inbound call by its DID, and takes the line number for one', async () => {
    const { calls } = await explained({ line: '0954-2035678' }, sampleFile('22-in-missed'));
    expect(calls).toMatchObject([{ direction: 'inbound', outcome: 'abandoned' }]);
  });

  it('finds a call by its phone alone', async () => {
    const { calls } = await explained({ phones: 'PJSIP/1001' }, sampleFile('22-out-answered'));
    expect(calls).toMatchObject([{ direction: 'outbound', line: null, answeredBy: 'PJSIP/telco' }]);
  });

  it('prints a call that still stands at the end of the capture as not complete', async () => {
    const half = answered.subarray(0, answered.indexOf('Event: HangupRequest'));
    const { calls } = await explained(LINE, captureFile('half.ami', half));
    expect(calls).toMatchObject([
      { outcome: 'answered', endedAt: null, talkSeconds: null, hungUpBy: 'unknown', complete: false },
    ]);
  });

  it('ends what a restarted PBX took with it, in a capture of two connections', async () => {
    const half = group.subarray(0, group.indexOf('Event: BridgeCreate'));
    const { calls } = await explained(LINE, captureFile('killed.ami', half, answered));
    expect(calls).toMatchObject([
      { dialled: '09542035605', outcome: 'answered', endedAt: null, complete: false },
      { dialled: '09542035678', outcome: 'answered', complete: true },
    ]);
  });

  it('finds the next connection at every cut of the one before, and at every split of the bytes', () => {
    const login = answered.subarray(0, answered.indexOf('Event: FullyBooted'));
    for (let cut = 1; cut < 300; cut += 7) {
      const bytes = Buffer.concat([
        answered.subarray(0, 2_000 + cut),
        login,
        answered.subarray(2_000, 3_000),
      ]);
      for (const size of [1, 64, 511, 5_000]) {
        const splitter = createConnectionSplitter();
        const parts = [];
        for (let at = 0; at < bytes.length; at += size)
          parts.push(...splitter.push(bytes.subarray(at, at + size)));
        parts.push(...splitter.end());
        expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
        const second = parts.findIndex((part) => part.begins);
        expect(Buffer.concat(parts.slice(0, second).map((part) => part.bytes))).toHaveLength(2_000 + cut);
        expect(parts.filter((part) => part.begins)).toHaveLength(1);
      }
    }
  });

  it('does not take a banner in the name of a caller for a new connection', async () => {
    const forged = answered
      .toString('latin1')
      .replaceAll(
        'CallerIDName: ',
        'CallerIDName: x\r\nAsterisk Call Manager/9.9.9\r\nResponse: Success\r\n',
      );
    const { calls } = await explained(LINE, captureFile('banner.ami', Buffer.from(forged, 'latin1')));
    expect(calls).toMatchObject([{ outcome: 'answered', tampered: true, complete: true }]);
  });

  it('does without timestamps: begin by the Uniqueid', async () => {
    const timeless = answered.toString('latin1').replace(/Timestamp: .*\r\n/g, '');
    const { calls } = await explained(LINE, captureFile('timeless.ami', Buffer.from(timeless, 'latin1')));
    expect(calls).toMatchObject([{ outcome: 'answered', startedAt: 1795452315000, complete: true }]);
  });

  it('counts events nobody told us of', async () => {
    const strange = Buffer.from(
      'Event: BrandNew\r\nPrivilege: call,all\r\nTimestamp: 1795452320.000000\r\n\r\n',
    );
    const { counts } = await explained(LINE, captureFile('strange.ami', answered, strange));
    expect(counts.unknownEvents).toBe(1);
  });

  it('refuses a question without a line and a file it cannot read, with one sentence each', async () => {
    await expect(explained({}, sampleFile('22-in-missed'))).rejects.toThrow('Say which line');
    await expect(explained(LINE, join(folder, 'nowhere.ami'))).rejects.toThrow(/nowhere\.ami: ENOENT/);
    await expect(explained({ config: folder }, sampleFile('22-in-missed'))).rejects.toThrow('dutyline.yaml');
  });
});

describe('the command', () => {
  it('runs by itself, with the lines of a configuration folder', async () => {
    const config = shippedConfig();
    try {
      const { code, output, remarks } = await dutyline([
        'explain',
        '--config',
        config.folder,
        sampleFile('22-in-answered-utf8'),
      ]);
      expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
      expect(JSON.parse(remarks)).toMatchObject({ packets: 110 });
    } finally {
      config.dispose();
    }
  });

  it('ends with 1 and the reason', async () => {
    const { code, remarks } = await dutyline(['explain', '--line', '1', join(folder, 'nowhere.ami')]);
    expect(code).toBe(1);
    expect(remarks).toContain('nowhere.ami: ENOENT');
  });
});
