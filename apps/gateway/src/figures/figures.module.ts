import { Module } from '@nestjs/common';
import { FiguresController } from './figures.controller.js';

/** The organization’s figures. */
@Module({ controllers: [FiguresController] })
export class FiguresModule {}
