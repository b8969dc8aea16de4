/** The programs the tests run for real (D14): what is on PATH is used; on Debian as root apt brings what is missing. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { isInstalled, keep } from './child.mjs';

const POSTGRESQL_FOLDERS = [19, 18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`);

/** One line a part: what a person calls it, whether it is there, the Debian package that brings it. Only what a test runs. */
const PARTS = [
  {
    name: 'PostgreSQL server (initdb)',
    isThere: () => isInstalled('initdb', POSTGRESQL_FOLDERS),
    debian: 'postgresql',
  },
  { name: 'ffmpeg', isThere: () => isInstalled('ffmpeg'), debian: 'ffmpeg' },
  { name: 'redis-server', isThere: () => isInstalled('redis-server'), debian: 'redis-server' },
  {
    name: 'OpenSSH server (sshd)',
    isThere: () => isInstalled('sshd', ['/usr/sbin']),
    debian: 'openssh-server',
  },
  {
    name: 'MariaDB server (mariadbd)',
    isThere: () => isInstalled('mariadbd', ['/usr/sbin']),
    debian: 'mariadb-server',
  },
  { name: 'Chromium', isThere: hasChromium, debian: 'chromium' },
  { name: 'poppler-utils (pdftotext)', isThere: () => isInstalled('pdftotext'), debian: 'poppler-utils' },
  {
    name: 'LibreOffice Writer (soffice)',
    isThere: () => isInstalled('soffice'),
    debian: 'libreoffice-writer-nogui',
  },
  { name: 'a Chinese font (Noto Sans CJK)', isThere: hasChineseFont, debian: 'fonts-noto-cjk' },
];

/** Parts only `npm run bench` needs: the Python client it is compared with. */
const BENCH_PARTS = [
  {
    name: 'python3-panoramisk',
    isThere: () => existsSync('/usr/lib/python3/dist-packages/panoramisk'),
    debian: 'python3-panoramisk',
  },
];

/** Makes sure that every part is there. Throws an Error with one line that names what is missing and how to get it. */
export async function needDebianParts(purpose, say) {
  const wanted = purpose === 'bench' ? [...PARTS, ...BENCH_PARTS] : PARTS;
  const missing = wanted.filter((part) => !part.isThere());
  if (missing.length === 0) return;
  const packages = missing.map((part) => part.debian);
  if (!isInstalled('apt-get') || process.getuid?.() !== 0) throw new Error(whatIsMissing(missing));
  say(`apt-get install ${packages.join(' ')}, a minute or two`);
  await apt(['update', '-q']);
  refuseMainCluster();
  await apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  const still = missing.filter((part) => !part.isThere());
  if (still.length > 0) throw new Error(whatIsMissing(still));
}

function whatIsMissing(parts) {
  const packages = parts.map((part) => part.debian).join(' ');
  return `missing: ${parts.map((part) => part.name).join(', ')}. On Debian: apt-get install ${packages}`;
}

async function apt(args) {
  // RUNLEVEL=1: the packages must not start servers of their own; the tests start theirs on ports of their own.
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { code, output } = await keep(
    'apt-get',
    ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...args],
    env,
  );
  if (code === 0) return;
  const complaint =
    output.split('\n').find((line) => /^(E|W|Err):/.test(line)) ?? output.trim().split('\n').at(-1);
  throw new Error(`apt-get ${args[0]} failed: ${complaint}`);
}

/** Debian's postgresql package makes and starts a cluster on port 5432 unless this says otherwise; the tests make their own. */
function refuseMainCluster() {
  const file = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(file)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

/** In the order in which the tests look for it. */
function hasChromium() {
  if (process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH);
  return ['chromium', 'chromium-browser', 'google-chrome'].some((name) => isInstalled(name));
}

/** Any of them: without one Chromium shows the page as boxes and the test of the screens would prove nothing. */
function hasChineseFont() {
  const files = [
    'opentype/noto/NotoSansCJK-Regular.ttc',
    'truetype/wqy/wqy-zenhei.ttc',
    'truetype/wqy/wqy-microhei.ttc',
  ];
  return files.some((file) => existsSync(`/usr/share/fonts/${file}`));
}
