// Builds the folder `kwartaal/static/vendor/`: one minified stylesheet with the chosen components
// of NL Design System (in a cascade layer of its own), the fonts, the licences, and a MANIFEST.json
// with versions, licences and checksums. Only needed when a version changes.
//   npm ci && npm run build     writes the folder anew
//   npm run check               fails when the folder does not belong to this script and the lock
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'lightningcss';

const here = import.meta.dirname;
const target = resolve(here, process.env.KWARTAAL_VENDOR ?? '../kwartaal/static/vendor');
const check = process.argv.includes('--check');
const out = check ? mkdtempSync(join(tmpdir(), 'kwartaal-vendor-')) : target;
const pkg = JSON.parse(readFileSync(join(here, 'package.json')));
const mod = (name, ...rest) => join(here, 'node_modules', name, ...rest);

const FONTS = {
  '@fontsource-variable/figtree': ['latin', 'latin-ext'],
  '@fontsource-variable/bricolage-grotesque': ['latin'],
};

const names = Object.keys(pkg.devDependencies).sort();
const css = names.filter((n) => n.endsWith('-css'));
const files = {};
const packages = [];
let source = '';

for (const name of css) {
  const meta = JSON.parse(readFileSync(mod(name, 'package.json')));
  const short = name.split('/')[1].replace(/-css$/, '');
  const file = ['index.css', `${short}.css`].map((f) => mod(name, 'dist', f)).find(existsSync);
  source += readFileSync(file, 'utf8').replace(/\/\*# sourceMappingURL.*?\*\//g, '') + '\n';
  packages.push({ name, version: meta.version, license: meta.license });
}
const banner =
  '/*! NL Design System: componenten van de gemeente Utrecht en de NL Design System-community.\n' +
  '    Licentie: EUPL-1.2 (zie LICENSE-EUPL-1.2.md). Gewijzigd: samengevoegd, verkleind en in\n' +
  '    @layer nlds gezet. Namen en versies van de pakketten: MANIFEST.json. */\n';
const { code } = transform({
  filename: 'nlds.css',
  code: Buffer.from(`@layer nlds{${source}}`),
  minify: true,
  targets: { chrome: 111 << 16, firefox: 114 << 16, safari: (16 << 16) | (4 << 8) },
});
files['nlds.min.css'] = Buffer.from(banner + code.toString() + '\n');
files['LICENSE-EUPL-1.2.md'] = readFileSync(mod('@utrecht/table-css', 'LICENSE.md'));

for (const [name, subsets] of Object.entries(FONTS)) {
  const meta = JSON.parse(readFileSync(mod(name, 'package.json')));
  const id = name.split('/')[1];
  for (const s of subsets) files[`fonts/${id}-${s}.woff2`] = readFileSync(mod(name, 'files', `${id}-${s}-wght-normal.woff2`));
  files[`fonts/LICENSE-OFL-1.1-${id}.txt`] = readFileSync(mod(name, 'LICENSE'));
  packages.push({ name, version: meta.version, license: meta.license });
}

const sha = (b) => createHash('sha256').update(b).digest('hex');
files['MANIFEST.json'] = Buffer.from(
  JSON.stringify(
    {
      packages,
      files: Object.fromEntries(
        Object.entries(files).map(([k, b]) => [k, { bytes: b.length, gzip: gzipSync(b, { level: 9 }).length, sha256: sha(b) }]),
      ),
    },
    null,
    1,
  ) + '\n',
);

if (!check) rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'fonts'), { recursive: true });
for (const [k, b] of Object.entries(files)) writeFileSync(join(out, k), b);

if (check) {
  const bad = Object.entries(files).filter(([k, b]) => !existsSync(join(target, k)) || sha(readFileSync(join(target, k))) !== sha(b));
  const extra = readdirSync(target, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length - Object.keys(files).length;
  rmSync(out, { recursive: true, force: true });
  if (bad.length || extra) {
    console.error('vendor/ does not belong to the lock:', bad.map(([k]) => k).join(', ') || `${extra} file(s) too many`);
    process.exit(1);
  }
  console.log('vendor/ is right');
} else for (const [k, b] of Object.entries(files)) console.log(String(b.length).padStart(8), k);
