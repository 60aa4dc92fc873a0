import { Module } from '@nestjs/common';
import { FiguresController } from './figures.controller.js';

/** The organization’s figures: key figures, agents, calls and insights. */
@Module({ controllers: [FiguresController] })
export class FiguresModule {}
