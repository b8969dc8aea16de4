import { expect, it } from 'vitest';
import { withSection } from './soak-report.ts';

const DOCUMENT = '# Soak\n\nRead me.\n\n## Calls\n\nold\n\n## History\n\nkept\n';

it('a soak replaces its own section, adds one it has not, and leaves the others alone', () => {
  expect(withSection(DOCUMENT, 'Calls', 'new\n\nfigures\n')).toBe(
    '# Soak\n\nRead me.\n\n## Calls\n\nnew\n\nfigures\n\n## History\n\nkept\n',
  );
  expect(withSection(DOCUMENT, 'History', 'new')).toBe(
    '# Soak\n\nRead me.\n\n## Calls\n\nold\n\n## History\n\nnew\n',
  );
  const added = withSection(DOCUMENT, 'Recordings', 'first');
  expect(added).toBe(`${DOCUMENT}\n## Recordings\n\nfirst\n`);
  expect(withSection(added, 'Recordings', 'first')).toBe(added);
});
