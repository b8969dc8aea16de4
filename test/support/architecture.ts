/** The layout of `src/` as rules: who may import whom, what is pure, which file owns which outside library. */

/** A part of `src/` and the parts it may import besides itself. Read downwards: nothing points back up. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lines: [],
  directory: [],
  text: [],
  sound: [],
  ear: [],
  calls: ['lines', 'sound'],
  accounts: [],
  keys: [],
  duty: ['lines', 'directory'],
  diagnosis: ['lines', 'directory', 'calls', 'duty'],
  records: ['calls', 'directory'],
  'web/protocol': ['calls', 'records', 'accounts', 'keys', 'sound', 'diagnosis'],
  asterisk: [],
  'asterisk/listen': ['calls', 'asterisk'],
  'asterisk/control': ['calls', 'lines', 'asterisk'],
  recordings: ['calls', 'lines', 'sound', 'directory', 'duty'],
  config: ['lines', 'duty', 'recordings', 'diagnosis'],
  documents: ['calls', 'directory', 'text', 'records', 'duty', 'diagnosis', 'web/protocol'],
  storage: [
    'calls',
    'directory',
    'text',
    'records',
    'duty',
    'diagnosis',
    'lines',
    'accounts',
    'keys',
    'sound',
    'web/protocol',
  ],
  jobs: ['storage'],
  history: ['calls', 'lines', 'duty', 'storage'],
  'intake.ts': ['calls', 'records', 'lines', 'storage', 'web/protocol'],
  web: [
    'calls',
    'diagnosis',
    'directory',
    'text',
    'documents',
    'sound',
    'jobs',
    'records',
    'duty',
    'lines',
    'accounts',
    'keys',
    'web/protocol',
    'storage',
    'recordings',
    'intake.ts',
  ],
  demo: ['calls', 'lines', 'duty'],
  service: [
    'calls',
    'diagnosis',
    'directory',
    'lines',
    'duty',
    'records',
    'asterisk',
    'asterisk/listen',
    'asterisk/control',
    'recordings',
    'sound',
    'ear',
    'config',
    'storage',
    'jobs',
    'history',
    'intake.ts',
    'web/protocol',
    'web',
    'demo',
  ],
  ui: [
    'calls',
    'sound',
    'directory',
    'text',
    'records',
    'duty',
    'diagnosis',
    'lines',
    'accounts',
    'keys',
    'web/protocol',
  ],
  'main.ts': ['*'],
  cli: ['*'],
};

/** No `node:` import, no clock, no timer, no promise, no process: what comes out depends on what goes in. */
const PURE = [
  'lines',
  'directory',
  'text',
  'sound',
  'ear',
  'calls',
  'diagnosis',
  'records',
  'duty',
  'accounts',
  'keys',
  'web/protocol',
] as const;

const IMPURE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\basync\b/,
  /\bawait\b/,
  /\bPromise\b/,
  /\bprocess\./,
  /\bconsole\./,
  /\bcrypto\b/,
  /\bfetch\(/,
  /\bperformance\./,
];

/** Each outside library and the one file, or for a language of its own (`…/`) the folder, that may import it. */
const OWNED_BY: Readonly<Record<string, readonly string[]>> = {
  'asterisk-manager': ['asterisk/control/ami-manager.ts'],
  'better-sqlite3': ['storage/sqlite.ts'],
  '@cj-tech-master/excelts': ['documents/workbook.ts', 'documents/read-workbook.ts'],
  docx: ['documents/'],
  'iconv-lite': ['documents/gb18030.ts'],
  'pinyin-pro': ['storage/pinyin.ts'],
  'wavesurfer.js': ['ui/replay/wave.ts'],
  bullmq: ['jobs/bullmq-queue.ts'],
  commander: ['cli/main.ts'],
  'fluent-ffmpeg': ['recordings/transcode.ts'],
  ioredis: ['jobs/redis.ts'],
  kysely: ['storage/'],
  mysql2: ['history/mysql.ts'],
  nodemailer: ['web/mail.ts'],
  pg: ['storage/postgres.ts'],
  pino: ['web/log.ts'],
  selfsigned: ['web/tls.ts'],
  ssh2: ['recordings/sftp-connection.ts'],
  uuid: ['storage/new-id.ts'],
  ws: ['web/live-socket.ts'],
  yaml: ['config/yaml-file.ts'],
  zod: ['config/', 'web/parse-client-message.ts', 'web/parse-request-body.ts', 'web/bodies/'],
  fastify: ['web/'],
  '@fastify/cookie': ['web/'],
  '@fastify/helmet': ['web/'],
  '@fastify/rate-limit': ['web/'],
  '@fastify/static': ['web/'],
  react: ['ui/'],
  'react-dom': ['ui/'],
  antd: ['ui/'],
  '@ant-design/icons': ['ui/'],
  dayjs: ['ui/'],
  vite: ['ui/vite.config.ts'],
  '@vitejs/plugin-react': ['ui/vite.config.ts'],
};

/** Files by their path below `src/`, such as `calls/step.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Every breach of the rules as one sentence; empty when the layout is true. */
export function breaches(sources: Sources): readonly string[] {
  return [...sources].flatMap(([file, text]) => [
    ...importBreaches(file, text),
    ...purityBreaches(file, text),
  ]);
}

/** Circles of files that import each other at run time, each as `a.ts → b.ts → a.ts`. Types may go both ways within a part. */
export function circles(sources: Sources): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(file);
    if (seenAt >= 0) found.push([...trail.slice(seenAt), file].join(' → '));
    if (seenAt >= 0 || done.has(file)) return;
    for (const { target, isOutside } of importsOf(file, withoutTypeImports(sources.get(file) ?? ''))) {
      if (!isOutside && sources.has(target)) walk(target, [...trail, file]);
    }
    done.add(file);
  };
  for (const file of sources.keys()) walk(file, []);
  return found;
}

/** Parts whose row names a part that stands below it: the table itself would allow a circle. */
export function rowsThatPointDown(): readonly string[] {
  const order = Object.keys(MAY_IMPORT);
  return order.filter((part, row) =>
    (MAY_IMPORT[part] ?? []).some((other) => other !== '*' && order.indexOf(other) >= row),
  );
}

/** The import table as Markdown, for `docs/architecture.md`. */
export function importTable(): string {
  const rows = Object.entries(MAY_IMPORT).map(([part, others]) => {
    const pure = (PURE as readonly string[]).includes(part) ? 'pure' : '';
    const may = others.includes('*')
      ? 'everything'
      : others.map((other) => `\`${other}\``).join(', ') || 'nothing';
    return `| \`${part}\` | ${may} | ${pure} |`;
  });
  return ['| part | may import, besides itself | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The part of `src/` a file belongs to; undefined when the table has no such part. */
function partOf(file: string): string | undefined {
  const parts = Object.keys(MAY_IMPORT).filter((part) => file === part || file.startsWith(`${part}/`));
  return parts.sort((one, other) => other.length - one.length)[0];
}

function importBreaches(file: string, text: string): readonly string[] {
  const part = partOf(file);
  if (part === undefined) return [`${file} belongs to no part of the import table`];
  return importsOf(file, text).flatMap(({ target, isOutside }) => {
    if (isOutside) return outsideBreach(file, part, target);
    const other = partOf(target);
    if (other === part || other === undefined)
      return other === part ? [] : [`${file} imports ${target}, which belongs to no part`];
    const allowed = MAY_IMPORT[part] ?? [];
    return allowed.includes(other) || allowed.includes('*')
      ? []
      : [`${file} imports ${target}: ${part} may not import ${other}`];
  });
}

function outsideBreach(file: string, part: string, name: string): readonly string[] {
  if (name.startsWith('node:')) {
    const isPure =
      (PURE as readonly string[]).includes(part) || (part === 'ui' && file !== 'ui/vite.config.ts');
    return isPure ? [`${file} imports ${name}: ${part} may not use Node`] : [];
  }
  const library = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  const owners = OWNED_BY[library];
  if (owners === undefined) return [`${file} imports ${library}, which no file owns`];
  const owns = owners.some((owner) => (owner.endsWith('/') ? file.startsWith(owner) : file === owner));
  return owns ? [] : [`${file} imports ${library}, which belongs to ${owners.join(', ')}`];
}

function purityBreaches(file: string, text: string): readonly string[] {
  const part = partOf(file);
  if (part === undefined || !(PURE as readonly string[]).includes(part)) return [];
  const code = withoutComments(text);
  return IMPURE.flatMap((pattern) => {
    const found = pattern.exec(code);
    return found === null ? [] : [`${file} uses ${found[0]}: ${part} is pure`];
  });
}

interface Import {
  /** Path below `src/`, or the name of an outside module. */
  readonly target: string;
  readonly isOutside: boolean;
}

function importsOf(file: string, text: string): readonly Import[] {
  const pattern = /(?:^|[;\s}])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g;
  const names = [...withoutComments(text).matchAll(pattern)].map((match) => match[1] ?? '');
  return names.map((name) =>
    name.startsWith('.')
      ? { target: resolveFrom(file, name), isOutside: false }
      : { target: name, isOutside: true },
  );
}

function resolveFrom(file: string, name: string): string {
  return new URL(name, `file:///${file}`).pathname.slice(1);
}

function withoutTypeImports(text: string): string {
  return text.replace(/^(import|export) type [^;]*;/gm, '');
}

/** Good enough for our own formatted sources: no string of ours holds the beginning of a comment after a blank. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
