/** The office's mail server: a real SMTP receiver on loopback (RFC 5321, as much as a sender needs) that keeps its letters. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: string;
  /** As the sender wrote it, decoded. */
  readonly text: string;
  readonly subject: string;
}

export interface MailReceiver {
  readonly port: number;
  /** Answers to the next DATA, such as `451 try later`; letters are taken afterwards. */
  readonly refusals: string[];
  /** Every line that came, of every connection. */
  readonly heard: readonly string[];
  readonly letters: readonly Letter[];
  close(): Promise<void>;
}

/**
 * `offers`: what EHLO is answered besides the name, such as `AUTH PLAIN`. With `pem` (key and certificate) it speaks TLS from
 * the first byte.
 */
export async function startMailReceiver(
  offers: readonly string[] = [],
  pem: string | null = null,
): Promise<MailReceiver> {
  const heard: string[] = [];
  const letters: Letter[] = [];
  const refusals: string[] = [];
  const sockets = new Set<Socket>();
  const attend = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.setEncoding('utf8');
    const say = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    let from = '';
    let to: string[] = [];
    let letter: string[] | null = null;
    let rest = '';
    say('220 mail.example ESMTP');
    socket.on('data', (chunk: string) => {
      rest += chunk;
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
    function hear(line: string): void {
      if (letter !== null && line !== '.') {
        letter.push(line.startsWith('..') ? line.slice(1) : line);
        return;
      }
      if (letter !== null) {
        const refusal = refusals.shift();
        if (refusal === undefined) letters.push(letterOf(from, to, letter));
        letter = null;
        to = [];
        say(refusal ?? '250 taken');
        return;
      }
      heard.push(line);
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') {
        const all = ['mail.example', ...offers];
        for (const [at, one] of all.entries()) say(`250${at === all.length - 1 ? ' ' : '-'}${one}`);
      } else if (verb === 'MAIL') {
        from = addressIn(line);
        say('250 ok');
      } else if (verb === 'RCPT') {
        to.push(addressIn(line));
        say('250 ok');
      } else if (verb === 'DATA') {
        letter = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say(verb === 'STAR' ? '502 no TLS here' : verb === 'AUTH' ? '235 welcome' : '250 ok');
    }
  };
  const server = pem === null ? createServer(attend) : createTlsServer({ key: pem, cert: pem }, attend);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    refusals,
    heard,
    letters,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

function letterOf(from: string, to: readonly string[], lines: readonly string[]): Letter {
  const end = lines.indexOf('');
  const headers = lines
    .slice(0, end)
    .join('\n')
    .replace(/\n[ \t]+/g, ' ');
  const body = lines.slice(end + 1).join('\n');
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(headers)?.[1]?.toLowerCase();
  return {
    from,
    to: [...to],
    headers,
    text: encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : quoted(body, encoding),
    subject: words(/^subject:\s*(.*)$/im.exec(headers)?.[1] ?? ''),
  };
}

function quoted(body: string, encoding: string | undefined): string {
  if (encoding !== 'quoted-printable') return body;
  return decodeURIComponent(
    body
      .replace(/=\n/g, '')
      .replace(/%/g, '%25')
      .replace(/=([0-9A-F]{2})/g, '%$1'),
  );
}

/** RFC 2047. */
function words(subject: string): string {
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_all, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quoted(text.replace(/_/g, ' '), 'quoted-printable'),
    );
}
