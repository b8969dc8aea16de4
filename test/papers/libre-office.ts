/** Debian's LibreOffice without a window: what an office without Word sees of our documents, and prints. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The PDF of a Word document. LibreOffice has a profile of its own here: with the one of a person it waits for the window that
 * is open. Throws when it is not installed, or made nothing of the file.
 */
export function wordAsPdf(file: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-libre-office-'));
  try {
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        ...['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, file],
      ],
      { stdio: 'pipe', timeout: 120_000 },
    );
    return readFileSync(join(folder, `${basename(file, extname(file))}.pdf`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
