// Builds the page: two scripts and a style sheet, put into src/page.html with the hashes of the
// scripts, and written as a C++ file that libcadre compiles.
//   node build.mjs FILE.cpp
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Traditional characters, each followed by its Simplified form: the table by which the engine folds text. */
const variants = [...readFileSync(`${root}../engine/text/han_variants.inc`, 'utf8').matchAll(/U'(.)',\s*U'(.)'/gu)]
    .map(([, traditional, simplified]) => traditional + simplified).join('');
if (!variants) throw new Error('engine/text/han_variants.inc has no characters that could be read');

/** A script of src/ with all that it imports, as one text. */
async function script(name) {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: {HAN_VARIANTS: JSON.stringify(variants)},
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: `${root}src/${name}.ts`,
        output: {format: 'iife', inlineDynamicImports: true},
      },
    },
  });
  // Inside a script element only these two could end it or change how it is read.
  return output.output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

const hash = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
const source = (name) => readFileSync(`${root}src/${name}`, 'utf8');

const [report, charts] = [await script('report'), await script('charts')];
const page = source('page.html')
    .replace('{{policy}}', () => [
      "default-src 'none'",
      `script-src ${hash(report)} ${hash(charts)}`,
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '))
    .replace('{{style}}', () => source('style.css'))
    .replace('{{report}}', () => report)
    .replace('{{charts}}', () => charts);

// Compilers limit how long one literal may be; adjacent ones are joined.
const pieces = page.match(/[\s\S]{1,8000}/gu).map((piece) => `R"cadre(${piece})cadre"`);
const cpp = `// Made by web/build.mjs.
#include "cadre/report/page.hpp"

namespace cadre {

std::string_view page_template() {
  static constexpr char kPage[] =
${pieces.join('\n')};
  return {kPage, sizeof kPage - 1};
}

}  // namespace cadre
`;
const target = process.argv[2];
mkdirSync(dirname(target), {recursive: true});
writeFileSync(target, cpp);
