/** A benchmark or evaluation, as `npm run bench:short` runs it. */
export interface Bench {
  /** The name in the result that it prints. */
  readonly name: string;
  /** The path under `bench/`, without its extension. */
  readonly script: string;
  /** The figures that its short form must print. */
  readonly figures: readonly string[];
  /** The figures that its short form prints without a value. */
  readonly unmeasured?: readonly string[];
}

/** All benchmarks and evaluations, in the order in which their short forms run. A new one is added here. */
export const BENCHES: readonly Bench[] = [
  {
    name: 'analysis',
    script: 'analysis/main',
    figures: ['utterances', 'inventedAccessCodes', 'developed.availability.f1', 'held-out.availability.f1'],
  },
  { name: 'analysis-time', script: 'analysis-time/main', figures: ['texts', 'p50Ms', 'p99Ms', 'maxMs'] },
  {
    name: 'call-timing',
    script: 'call-timing/main',
    figures: ['1.ours', '1.random', '1.closed', '2.ours'],
  },
  {
    name: 'conversation',
    script: 'conversation/main',
    figures: ['firstQuestionSeconds', 'cooperativeMedianSeconds', 'atOnceMedianSeconds', 'callsWithWrongDecision'],
  },
  {
    name: 'contracts',
    script: 'contracts/main',
    figures: ['deliveryReaderUs', 'deliveryRatio', 'customerRatio', 'importPartsMs', 'importWholeMs', 'importPartsMb'],
  },
  {
    name: 'assignment',
    script: 'assignment/main',
    figures: ['1.cost', '1.greedyDearerPercent', '1.solveMs', '1.replanMs', '1.shuffledIsSame', 'loads.gapPercent'],
    // Both compare with OR-tools, which is too large to download for a short run.
    unmeasured: ['1.isOptimum', '1.solveTimeOfOrTools'],
  },
  {
    name: 'speech',
    script: 'speech/main',
    figures: ['moonshine.wordErrorRate', 'moonshine.realTimeFactor', 'moonshine.peakMemoryMb', 'moonshine.errors'],
  },
  {
    name: 'search',
    script: 'search/main',
    figures: ['ndcg', 'recall', 'p99Ms', 'wordsNdcg', 'scaleP50Ms', 'scaleP99Ms', 'scaleWordsP99Ms'],
  },
  {
    name: 'messaging',
    script: 'messaging/main',
    figures: ['eventP99MsAt50', 'eventHighestRate', 'rawJetStreamHighestRate', 'lost', 'doubled'],
  },
  {
    name: 'outbox-shape',
    script: 'messaging/outbox-shape',
    figures: ['transaction.8.eventsPerSecond', 'batch.8.eventsPerSecond', 'document.8.eventsPerSecond'],
  },
  {
    name: 'transcription',
    script: 'transcription/main',
    figures: ['recordingsPerMinute', 'audioSecondsPerSecond', 'kills.recordingsPerMinute', 'lostOrDoubled'],
  },
  {
    name: 'telephony',
    script: 'telephony/main',
    figures: ['rush.documentP99Ms', 'rush.callsPerSecond', 'faults.certainP99Seconds', 'rungTwiceLostOrWrong'],
  },
  {
    name: 'sockets',
    script: 'sockets/main',
    figures: ['singleP99Ms', 'bareSingleP99Ms', 'broadcastP99Ms', 'kilobytesPerSocket', 'lostDoubledOrWrong'],
    // A few bare sockets answer within a millisecond and grow the server by less than one memory page, so these ratios
    // have no value.
    unmeasured: ['broadcastP99Ratio', 'memoryRatio'],
  },
  {
    name: 'api',
    script: 'api/main',
    figures: ['cached.8.ratio', 'coldPage.8.ratio', 'post.8.ratio', 'pages.p50Ratio', 'crash.lost', 'crash.doubled'],
  },
  {
    name: 'mesh',
    script: 'mesh/main',
    figures: [
      'readyMs.gateway',
      'idleMb.gateway',
      'eventP99MsAt50',
      'rawJetStreamP99MsAt50',
      'lostDoubledOrWrong',
      'deliveriesPerSecond',
      'transcriptToToldP99Ms',
      'cpuMsPerDelivery',
      'recogniserAudioSecondsPerSecond',
    ],
  },
];
