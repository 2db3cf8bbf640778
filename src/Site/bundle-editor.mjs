// Binds the editor's modules and the libraries they stand on into the one file that browsers fetch.
import { build } from 'esbuild-wasm';

await build({
  entryPoints: ['wwwroot/desk-script/editor/rich-copy.js'],
  outfile: 'node_modules/.editor/editor.js',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});
