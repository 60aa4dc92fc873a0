/** The part of the API's delivery that the harness uses. */
export interface ApiDelivery {
  readonly deliveryId: string;
  readonly reference: string;
  readonly customerId: string;
  readonly state: string;
  readonly attempts: number;
  readonly contactOutcome?: string;
  readonly agentId?: string;
  readonly unassignableReason?: string;
  readonly instructions?: unknown;
  readonly transcript?: string;
  readonly window: { readonly start: string; readonly end: string };
}

export interface ApiCall {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly attempt: number;
  readonly state: string;
  readonly outcome?: string;
  readonly carrierCallId?: string;
  readonly requestedAt: string;
  readonly endedAt?: string;
}

export interface ApiRecording {
  readonly recordingId: string;
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly state: string;
  readonly durationSeconds: number;
  readonly sizeBytes?: number;
  readonly sha256?: string;
}
