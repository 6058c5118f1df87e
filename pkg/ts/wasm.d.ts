/** A module that edge runtimes compile when a worker is deployed. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** A module without anything, from an address that needs no network. */
declare module 'data:text/javascript,' {}
