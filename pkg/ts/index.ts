export * from './types.js';
export { default as start } from './engine.js';
