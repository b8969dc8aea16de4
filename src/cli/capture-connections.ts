/**
 * A capture may hold several connections one after the other: `dutyline capture` appends when the link was lost. Each begins
 * with its banner and log-in, wherever the one before was cut off, and needs a parser of its own.
 *
 * Only a banner with the whole accepted log-in behind it counts. That is more than the 79 characters which a caller can
 * write into one header of AMI, so no caller can make one.
 */
const BANNER = 'Asterisk Call Manager/';
const LONGEST_LOGIN = 512;
const ACCEPTED =
  /^Asterisk Call Manager\/\d+\.\d+\.\d+\r\n(?:Response: Success\r\n(?:ActionID: [^\r\n]*\r\n)?Challenge: \d+\r\n\r\n)?Response: Success\r\n(?:ActionID: [^\r\n]*\r\n)?Message: Authentication accepted\r\n/;

export interface CapturedBytes {
  readonly bytes: Uint8Array;
  /** These are the first bytes of a further connection. */
  readonly begins: boolean;
}

export interface ConnectionSplitter {
  push(chunk: Uint8Array): readonly CapturedBytes[];
  /** The capture is over: gives back what was held. */
  end(): readonly CapturedBytes[];
}

/** Holds back at most a log-in's length of bytes. */
export function createConnectionSplitter(): ConnectionSplitter {
  let held: Uint8Array = new Uint8Array();
  let begins = false;
  let first = true;

  return {
    push: (chunk) => split(Buffer.concat([held, chunk]), false),
    end: () => split(Buffer.from(held), true),
  };

  function split(bytes: Buffer, over: boolean): readonly CapturedBytes[] {
    const parts: CapturedBytes[] = [];
    let from = 0;
    let search = first || begins ? 1 : 0;
    for (;;) {
      const at = bytes.indexOf(BANNER, search, 'latin1');
      if (at === -1) break;
      const login = bytes.toString('latin1', at, at + LONGEST_LOGIN);
      if (!over && login.length < LONGEST_LOGIN) return hold(at);
      if (ACCEPTED.test(login)) {
        give(bytes.subarray(from, at));
        from = at;
        begins = true;
      }
      search = at + 1;
    }
    return hold(over ? bytes.length : Math.max(from, bytes.length - BANNER.length));

    function hold(at: number): readonly CapturedBytes[] {
      give(bytes.subarray(from, at));
      held = bytes.subarray(at);
      return parts;
    }

    function give(part: Buffer): void {
      if (part.length === 0) return;
      parts.push({ bytes: part, begins });
      begins = false;
      first = false;
    }
  }
}
