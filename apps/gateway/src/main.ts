import { bootApp } from '#libs/platform/boot/boot-app.js';
import { gateway } from './gateway.js';

await bootApp(gateway);
