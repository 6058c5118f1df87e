/** A module that edge runtimes compile when a worker is deployed. */
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
