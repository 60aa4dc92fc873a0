export { APP_NAMES, localEnvironment, type AppName } from './environment.js';
export { AppError, AppProcess } from './app-process.js';
export { appFigures, type AppFigures } from './figures.js';
export { startStack, type Stack, type StackOptions } from './start-stack.js';
