// The source of an Emscripten module, rewritten so that it starts at once and sees the clock and the chance that it is given.

/** What a rewritten factory is called with, beside Emscripten's own options. */
const PRELUDE = `
const {now,fill}=moduleArg.platform;
const Date=class extends globalThis.Date{constructor(...a){a.length?super(...a):super(now())}static now(){return now()}};
const performance={now},crypto={getRandomValues:fill},setTimeout=()=>0,clearTimeout=()=>{},console={log(){},warn(){},error(){},debug(){}};
if(moduleArg.pages)moduleArg.wasmMemory=new WebAssembly.Memory(moduleArg.pages);
moduleArg.instantiateWasm=(imports,take)=>{const made=[new WebAssembly.Instance(moduleArg.wasmModule,imports),moduleArg.wasmModule];return take?take(...made):made};
`.replaceAll('\n', '');

/** Each must be found: a new version of the library is looked at before it is used. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^async function Module\(moduleArg=\{\}\)\{/, `function Module(moduleArg={}){${PRELUDE}`],
  [/export default Module;\s*$/, ''],
  [/var ENVIRONMENT_IS_WEB=[^;]*;/, 'var ENVIRONMENT_IS_WEB=false;'],
  [/var ENVIRONMENT_IS_WORKER=[^;]*;/, 'var ENVIRONMENT_IS_WORKER=true;'],
  [/var ENVIRONMENT_IS_NODE=[^;]*;/, 'var ENVIRONMENT_IS_NODE=false;'],
  [/if\(ENVIRONMENT_IS_NODE\)\{const\{createRequire\}=await\(import\("node:module"\)\);var require=createRequire\(import\.meta\.url\)\}/, ''],
  [/return new Promise\(resolve=>\{instantiateWasm\(info,\(inst,mod\)=>resolve\(receiveInstance\(inst,mod\)\)\)\}\)/, 'return receiveInstance(...instantiateWasm(info))'],
];

/** The same of a source from an older Emscripten: its factory is a function in a function. */
const OLDER: readonly (readonly [RegExp, string])[] = [
  [/^[\s\S]*?async function\(moduleArg = \{\}\) \{\s*var moduleRtn;\s*var Module=moduleArg;/, `function Module(moduleArg={}){${PRELUDE}var _scriptName="",Module=moduleArg;`],
  [/moduleRtn=readyPromise;[\s\S]*$/, 'return Module}'],
  [/var ENVIRONMENT_IS_WEB=[^;]*;/, 'var ENVIRONMENT_IS_WEB=false;'],
  [/var ENVIRONMENT_IS_WORKER=[^;]*;/, 'var ENVIRONMENT_IS_WORKER=true;'],
  [/var ENVIRONMENT_IS_NODE=[^;]*;/, 'var ENVIRONMENT_IS_NODE=false;'],
  [/if\(ENVIRONMENT_IS_NODE\)\{const\{createRequire\}=[\s\S]*?var require=createRequire\(dirname\)\}/, ''],
  [/scriptDirectory=self\.location\.href/, 'scriptDirectory=""'],
];

/** The same of sql.js, whose factory stands in a promise of its own making. */
const SQLJS: readonly (readonly [RegExp, string])[] = [
  [/^[\s\S]*?\/\/ The emcc-generated code and shell-post\.js code goes below,/, `function Module(moduleArg={}){${PRELUDE}var Module=moduleArg,module;//`],
  [/createWasm\(\)\.then\(\(\) => run\(\)\);[\s\S]*$/, 'createWasm();run();return{FS,cwrap,stackSave,stackRestore,stackAlloc,UTF8ToString,stringToNewUTF8,free:(at)=>_free(at),word:(at)=>HEAP32[at>>2]}}'],
  [/return new Promise\(\(resolve\) => \{\s*try \{\s*instantiateWasm\(info, \(inst\) => resolve\(receiveInstance\(inst\)\)\);[\s\S]*?\n {4}\}\);/, 'return instantiateWasm(info,(inst)=>receiveInstance(inst));'],
  [/var ENVIRONMENT_IS_WEB = [^;]*;/, 'var ENVIRONMENT_IS_WEB=false;'],
  [/var ENVIRONMENT_IS_WORKER = [^;]*;/, 'var ENVIRONMENT_IS_WORKER=true;'],
  [/var ENVIRONMENT_IS_NODE = [^;]*;/, 'var ENVIRONMENT_IS_NODE=false;'],
  [/_scriptName = self\.location\.href;/, '_scriptName="https://localhost/";'],
  [/if \(!\(globalThis\.window \|\| globalThis\.WorkerGlobalScope\)\) throw new Error\([^\n]*/, ''],
];

/** Where they occur: no other source, no waiting, and who would wait tells how long. */
const SIMPLER: readonly (readonly [RegExp, string])[] = [
  [/function ___syscall_poll\(fds,nfds\)\{/g, 'function ___syscall_poll(fds,nfds,timeout){if(timeout>0)moduleArg.platform.wait(timeout);'],
  [/_emscripten_get_sbrk_ptr=(?=wasmExports)/g, '$&Module["_emscripten_get_sbrk_ptr"]='],
  [/var isNode=globalThis\.process[^;]*;/g, 'var isNode=false;'],
  [/var _scriptName=import\.meta\.url;/g, 'var _scriptName="";'],
  [/import\.meta\.url/g, '""'],
  [/loadAsync:true/g, 'loadAsync:false'],
  [/await async function\(arrayBuffer\)/g, 'void function(arrayBuffer)'],
  [/\basync (?=function|[a-z(])/g, ''],
  [/\basync(?=\()/g, ''],
  [/\bawait /g, ''],
];

/** @returns statements that define a function `Module(options)`, which returns the running module. @throws Error when the source is not what was looked at */
export function synchronous(source: string): string {
  let text = source.trim();
  for (const [pattern, replacement] of text.startsWith('async') ? REWRITES : text.includes('initSqlJs') ? SQLJS : OLDER) {
    if (!pattern.test(text)) throw new Error(`this version of the library has no ${pattern.source}`);
    text = text.replace(pattern, () => replacement);
  }
  for (const [pattern, replacement] of SIMPLER) text = text.replace(pattern, (whole: string) => replacement.replace('$&', whole));
  return text;
}
