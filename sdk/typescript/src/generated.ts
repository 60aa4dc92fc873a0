// Generated from the OpenAPI document of DelAuto API 1.0.0: do not edit, run "npm run reference".

import { HttpClient, itemsOf, type CallOptions, type TextBody } from './http-client.js';

export interface Acceptance {
  readonly token: string;
  /** Required if the invitation has no name. */
  readonly name?: string;
  readonly password: string;
}

export interface AdmittedOrganization {
  readonly organizationId: string;
  readonly name: string;
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone: TimeZone;
  readonly maxAttemptsPerDelivery: number;
  readonly callsFromMinute: number;
  readonly callsUntilMinute: number;
  readonly dispatcherPhone?: string;
  readonly daysOff: readonly string[];
  /** What DelAuto does when a customer hangs up during the first words of a call, before answering anything. `another_day`: places one more call, on another day at the earliest, or none if no lawful hour of another day remains before `decideBy`. `later_once`: places one more call, at least four hours later, possibly on the same day. `text`: places no further call and asks the customer by text if `features.smsFallback` is on. `no_more_calls`: places no further call and sends no text that asks. After a hang-up, at most one more call rings for the delivery, whatever its outcome. That call counts toward every cap. If no call follows, the customer is asked by text like a customer whom no call reached, except with `no_more_calls`. The setting takes effect the next time a call is planned. A dispatcher can still start a call. */
  readonly afterEarlyHangUp?: "another_day" | "later_once" | "text" | "no_more_calls";
  readonly recordingRetentionDays: number;
  readonly features: OrganizationFeatures;
  readonly createdAt: string;
  readonly revision: number;
  readonly keyId: string;
  /** The administrator’s API key, shown only once. */
  readonly apiKey: string;
  readonly invitation?: FirstInvitation;
}

export interface Agent {
  readonly name: string;
  readonly phone: string;
  readonly position: Position;
  readonly skills: readonly string[];
  readonly shift: TimeWindow;
  readonly breaks?: readonly TimeWindow[];
  readonly capacity: AgentCapacity;
  readonly experience: number;
  /** The type of vehicle. A delivery can require it, for example with `vehicle:van`. */
  readonly vehicle?: string;
  /** The vertices of the polygon in which the agent delivers. If absent, the agent delivers everywhere. */
  readonly area?: readonly AreaCorner[];
  readonly agentId: string;
  readonly shifts: readonly TimeWindow[];
  readonly active: boolean;
  readonly availability: Availability;
  readonly lastLocation?: AgentLocation;
  readonly revision: number;
}

export interface AgentAnnouncements {
  readonly items: readonly Announcement[];
  /** The last sequence that this reply covers. Use it as the next `after`. */
  readonly upTo: number;
  /** The last sequence that the agent confirmed as read. */
  readonly readUpTo: number;
  /** The skills whose announcements the agent receives, in addition to those for all agents. */
  readonly skills: readonly string[];
}

export interface AgentCapacity {
  readonly count: number;
  readonly weightGrams?: number;
  readonly volumeMl?: number;
  readonly minutes?: number;
}

export interface AgentChanges {
  readonly name?: string;
  readonly phone?: string;
  readonly position?: Position;
  readonly skills?: readonly string[];
  readonly breaks?: readonly TimeWindow[];
  readonly capacity?: AgentCapacity;
  readonly experience?: number;
  /** The type of vehicle. A delivery can require it, for example with `vehicle:van`. */
  readonly vehicle?: string;
  /** The vertices of the polygon in which the agent delivers. If absent, the agent delivers everywhere. */
  readonly area?: readonly AreaCorner[];
}

export interface AgentFigures {
  readonly agentId: string;
  /** The agent’s name. Absent if analytics has not received it yet. */
  readonly name?: string;
  /** Number of deliveries first assigned to the agent within the span. */
  readonly assigned: number;
  /** Number of those deliveries that the agent acknowledged, at any time. */
  readonly acknowledged: number;
  /** Number of those deliveries that the agent delivered, at any time. */
  readonly delivered: number;
  /** Median time from message to acknowledgement, in milliseconds, over the agent’s messages acknowledged within the span. Absent if there are none. */
  readonly medianAcknowledgeMs?: number;
  /** Number of messages in the median. */
  readonly acknowledgedMessages: number;
}

export interface AgentFiguresReply {
  readonly from: string;
  readonly to: string;
  /** Ordered by `assigned`, highest first. Contains at most 1,000 agents. */
  readonly items: readonly AgentFigures[];
}

export interface AgentInput {
  readonly name: string;
  readonly phone: string;
  readonly position: Position;
  readonly skills: readonly string[];
  readonly shift: TimeWindow;
  readonly breaks?: readonly TimeWindow[];
  readonly capacity: AgentCapacity;
  readonly experience: number;
  /** The type of vehicle. A delivery can require it, for example with `vehicle:van`. */
  readonly vehicle?: string;
  /** The vertices of the polygon in which the agent delivers. If absent, the agent delivers everywhere. */
  readonly area?: readonly AreaCorner[];
}

export interface AgentLocation {
  readonly position: Position;
  readonly at: string;
  readonly accuracyM?: number;
}

export interface AgentLocationInput {
  readonly position: Position;
  /** When the position was measured. Defaults to now. A position older than the latest known one is ignored. */
  readonly at?: string;
  /** Radius of uncertainty in meters. */
  readonly accuracyM?: number;
}

export interface AgentPage {
  readonly items: readonly Agent[];
  readonly nextCursor?: string;
}

export interface AgentPerformance {
  readonly agentId: string;
  /** Deliveries delivered within the promised window. */
  readonly onTime: MeasuredShare;
  /** Deliveries delivered on the first attempt. */
  readonly firstAttempt: MeasuredShare;
  /** Deliveries left in the place that the customer asked for, of those that were left anywhere and had such a place. */
  readonly asInstructed: MeasuredShare;
  /** Deliveries for which the agent heard the customer’s recording before the hand-over, of those that had one. */
  readonly listened: MeasuredShare;
  /** Number of acknowledgements in the median. */
  readonly acknowledgements: number;
  /** Median time from assignment to acknowledgement, in seconds, over the last 50. Absent if there were none. */
  readonly medianAcknowledgeSeconds?: number;
  /** The proportion of failed deliveries that planning assumes. For a new agent, it is the average of the organization. */
  readonly expectedFailures: number;
}

export interface AgentShifts {
  /** The shifts, which must not overlap. */
  readonly shifts: readonly TimeWindow[];
  readonly breaks?: readonly TimeWindow[];
}

export interface AgentToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface Announcement {
  readonly text: string;
  /** Notify only agents with this skill. If absent, all agents are notified. */
  readonly skill?: string;
  readonly announcementId: string;
  readonly sequence: number;
  readonly createdAt: string;
}

export interface AnnouncementInput {
  readonly text: string;
  /** Notify only agents with this skill. If absent, all agents are notified. */
  readonly skill?: string;
}

export interface AnnouncementPage {
  readonly items: readonly Announcement[];
  readonly nextCursor?: string;
}

export interface AnnouncementsReadPayload {
  readonly agentId: string;
  readonly readUpTo: number;
}

export interface ApiKey {
  readonly keyId: string;
  readonly label: string;
  readonly scopes: readonly ("self:read" | "organization:read" | "organization:write" | "users:read" | "users:write" | "api-keys:read" | "api-keys:write" | "audit:read" | "deliveries:read" | "deliveries:write" | "deliveries:dispatch" | "customers:read" | "customers:write" | "customers:export" | "customers:erase" | "agents:read" | "agents:write" | "agent-tokens:create" | "calls:read" | "calls:write" | "recordings:read" | "recordings:listen" | "instructions:write" | "search:read" | "routing:read" | "routing:write" | "analytics:read" | "webhook-endpoints:read" | "webhook-endpoints:write" | "announcements:write" | "live:watch")[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** Accurate to a minute. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  /** Until then, the secret before the last rotation is also valid. */
  readonly previousValidUntil?: string;
}

export interface ApiKeyInput {
  readonly label: string;
  /** The permissions of the key. */
  readonly scopes?: readonly ("self:read" | "organization:read" | "organization:write" | "users:read" | "users:write" | "api-keys:read" | "api-keys:write" | "audit:read" | "deliveries:read" | "deliveries:write" | "deliveries:dispatch" | "customers:read" | "customers:write" | "customers:export" | "customers:erase" | "agents:read" | "agents:write" | "agent-tokens:create" | "calls:read" | "calls:write" | "recordings:read" | "recordings:listen" | "instructions:write" | "search:read" | "routing:read" | "routing:write" | "analytics:read" | "webhook-endpoints:read" | "webhook-endpoints:write" | "announcements:write" | "live:watch")[];
  /** Instead of `scopes`: all permissions that this role has today. */
  readonly role?: "admin" | "partner";
  readonly expiresAt?: string;
}

export interface ApiKeyPage {
  readonly items: readonly ApiKey[];
  readonly nextCursor?: string;
}

export interface AppHealth {
  readonly app: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** `draining`: the replica that answered is shutting down. */
  readonly state: "up" | "unreachable" | "draining";
  readonly version?: string;
  readonly startedAt?: string;
  readonly dependencies?: readonly DependencyReport[];
}

export interface AppQueues {
  readonly app: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** `unreachable`: no answer within a second. */
  readonly state: "up" | "unreachable";
  readonly queues?: readonly QueueReport[];
  /** Events that are committed but not published yet; counted up to 10,000. */
  readonly outboxPending?: number;
}

export interface AreaCorner {
  readonly position: Position;
}

export interface AssignmentPreview {
  /** Identifies the plan. It stays the same as long as the same deliveries go to the same agents. */
  readonly planId: string;
  /** Number of plans committed so far. */
  readonly boardVersion: number;
  readonly plannedAt: string;
  readonly assignments: readonly PlannedAssignment[];
  readonly unassigned: readonly LeftUnassigned[];
  /** Cost of the whole plan in seconds, including the penalty for deliveries that stay unassigned. */
  readonly cost: number;
  /** Lower bound of the cost of any plan. Equal to `cost` unless a weight, volume or time limit binds. */
  readonly bound?: number;
  /** Whether the plan contains more changes than are listed. */
  readonly more: boolean;
}

export interface AssignmentReason {
  readonly explanation: string;
  readonly cost: number;
  readonly runnerUpAgentId?: string;
  readonly runnerUpCost?: number;
  /** Working time of the delivery in minutes: the drive and the hand-over. */
  readonly minutes?: number;
}

export interface AssignmentTerms {
  /** Travel time. */
  readonly travel: number;
  /** Penalty for instructions that exceed the agent’s experience. */
  readonly experience: number;
  /** Penalty for the work that the agent already has. */
  readonly balance: number;
  /** Penalty for arriving after the window. */
  readonly lateness: number;
  /** Penalty if other agents know the customer and this agent does not. */
  readonly history: number;
  /** Penalty for the agent’s rate of failed deliveries. */
  readonly reliability: number;
  /** Penalty for moving the delivery away from its current agent. */
  readonly churn: number;
}

export interface AuditActor {
  readonly kind: "user" | "api_key" | "agent" | "operator";
  readonly id: string;
}

export interface AuditEntry {
  readonly entryId: string;
  readonly actor: AuditActor;
  readonly action: string;
  readonly target: AuditTarget;
  /** Names of the changed fields. */
  readonly changed?: readonly string[];
  readonly at: string;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly nextCursor?: string;
}

export interface AuditTarget {
  readonly kind: string;
  readonly id: string;
}

export interface Availability {
  /** Whether the agent can work. With `unavailable`, for example because of illness, deliveries that the agent has not acknowledged are assigned to other agents. */
  readonly state: "available" | "on_break" | "unavailable";
  /** When the agent becomes available again automatically. If absent, the state lasts until it is changed. */
  readonly until?: string;
  readonly since: string;
}

export interface AvailabilityInput {
  /** Whether the agent can work. With `unavailable`, for example because of illness, deliveries that the agent has not acknowledged are assigned to other agents. */
  readonly state: "available" | "on_break" | "unavailable";
  /** When the agent becomes available again automatically. If absent, the state lasts until it is changed. */
  readonly until?: string;
}

export interface CacheReport {
  /** Served from Redis. */
  readonly hits: number;
  /** Served from the response that another request was already fetching. */
  readonly shared: number;
  /** Served by the app that owns the data, and then cached. */
  readonly misses: number;
  /** Served by the app that owns the data because the cache was unavailable. */
  readonly bypassed: number;
  /** Share of `hits` and `shared` in all cacheable reads; absent before the first read. */
  readonly hitRate?: number;
  /** While Redis is `away` (unavailable), every read goes to the app that owns the data. */
  readonly redis: "up" | "away";
  readonly at: string;
}

export interface Call {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly customerId: string;
  /** Number of the attempt for its delivery, from 1. */
  readonly attempt: number;
  readonly state: "requested" | "dialing" | "unknown" | "placed" | "ringing" | "in_progress" | "completed" | "refused";
  /** How the attempt ended. Present once it is completed. */
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly refusal?: CallRefusal;
  readonly requestedAt: string;
  readonly dialedAt?: string;
  readonly ringingAt?: string;
  readonly answeredAt?: string;
  /** When the attempt ended. */
  readonly endedAt?: string;
  /** When cancellation was requested, before the call was answered. */
  readonly cancelRequestedAt?: string;
  /** Seconds from answer to hang-up. */
  readonly durationSeconds?: number;
  readonly recordingId?: string;
  /** The carrier’s ID of the call, for the carrier’s support. */
  readonly carrierCallId?: string;
  /** The carrier’s error code. */
  readonly carrierErrorCode?: string;
  readonly revision: number;
}

export interface CallDetails {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly customerId: string;
  /** Number of the attempt for its delivery, from 1. */
  readonly attempt: number;
  readonly state: "requested" | "dialing" | "unknown" | "placed" | "ringing" | "in_progress" | "completed" | "refused";
  /** How the attempt ended. Present once it is completed. */
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly refusal?: CallRefusal;
  readonly requestedAt: string;
  readonly dialedAt?: string;
  readonly ringingAt?: string;
  readonly answeredAt?: string;
  /** When the attempt ended. */
  readonly endedAt?: string;
  /** When cancellation was requested, before the call was answered. */
  readonly cancelRequestedAt?: string;
  /** Seconds from answer to hang-up. */
  readonly durationSeconds?: number;
  readonly recordingId?: string;
  /** The carrier’s ID of the call, for the carrier’s support. */
  readonly carrierCallId?: string;
  /** The carrier’s error code. */
  readonly carrierErrorCode?: string;
  readonly revision: number;
  readonly turns: readonly ConversationTurn[];
  readonly decisions: readonly ConversationDecision[];
  readonly instructions?: Instructions;
}

export interface CallFiguresBucket {
  /** Number of attempts that ended. */
  readonly ended: number;
  /** Number of attempts by outcome, most frequent first. */
  readonly outcomes: readonly OutcomeCount[];
  /** Number of attempts at which a phone rang. The denominator of `contactRate`. */
  readonly rung: number;
  /** Number of attempts at which a person took part in the conversation, including those who hung up before its end. Excludes hang-ups during the first words. */
  readonly reached: number;
  /** `reached` divided by `rung`. Absent if `rung` is 0. */
  readonly contactRate?: number;
  /** The start of the hour or day. */
  readonly start: string;
}

export interface CallFiguresReply {
  readonly from: string;
  readonly to: string;
  readonly by: "hour" | "day";
  readonly zone: string;
  /** The buckets, oldest first. Hours and days in which no attempt ended are omitted. */
  readonly items: readonly CallFiguresBucket[];
}

export interface CallPage {
  readonly items: readonly Call[];
  readonly nextCursor?: string;
}

export interface CallRefusal {
  /** The rule that forbids the call, for example `outside_hours`. */
  readonly rule: string;
  readonly detail: string;
  readonly nextAllowedAt?: string;
}

export interface CallTiming {
  readonly customerId: string;
  readonly doNotCall: boolean;
  readonly rulesVersion: string;
  readonly zones: readonly string[];
  /** The windows from now until the deadline in which a call is lawful. */
  readonly lawfulWindows: readonly TimeWindow[];
  readonly deadline: string;
  /** The best time to call. Absent if no call is permitted before the deadline. */
  readonly recommendedAt?: string;
  /** The estimated probability of reaching the customer then. Absent if earlier calls allow no estimate. */
  readonly chance?: number;
  /** Why this time is recommended, or the rule that forbids a call. */
  readonly reason: string;
  /** Number of calls left on this calling day, over all deliveries. */
  readonly callsLeftToday: number;
  /** Maximum number of calls for one delivery. */
  readonly callsPerDelivery: number;
}

export interface Cancellation {
  readonly at: string;
  readonly reason?: string;
}

export interface CancellationInput {
  /** Why the delivery is canceled. Stored with the delivery and not shown to agents. */
  readonly reason?: string;
}

export interface CommitAssignmentInput {
  /** Plans only these deliveries, without moving others. Defaults to all deliveries that wait for an agent. */
  readonly deliveryIds?: readonly string[];
  /** The plan to commit, from a preview. It is applied exactly as previewed. */
  readonly planId: string;
}

export interface Condition {
  readonly text: string;
}

export interface ConditionsFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly Condition[];
}

export interface Confirmation {
  /** The text message that contains the wish. */
  readonly messageId: string;
  /** What the customer wrote: they refuse the parcel, or want another time. */
  readonly decision: "refused" | "reschedule";
  /** The time that the customer wants, if they named one. */
  readonly window?: TimeWindow;
  /** Whether the customer confirmed it. `unanswered`: the delivery proceeds as planned, and a dispatcher decides. */
  readonly state: "awaited" | "unanswered" | "confirmed" | "declined";
  /** When the customer was asked. Absent if they could not be asked. */
  readonly askedAt?: string;
  /** Until when the delivery is held for the answer. Present while the answer is awaited. */
  readonly heldUntil?: string;
}

export interface Consent {
  readonly customerId: string;
  readonly legalBasis: "consent" | "delivery_notice";
  /** Every recorded consent and withdrawal, newest first. */
  readonly history: readonly ConsentRecord[];
  readonly revision: number;
}

export interface ConsentInput {
  /** The legal basis for calls. `delivery_notice` withdraws consent: only notices about a parcel remain permitted, within their limits. */
  readonly legalBasis: "consent" | "delivery_notice";
  /** When consent was given or withdrawn. Defaults to now. */
  readonly grantedAt?: string;
  readonly source: "customer" | "partner" | "call";
  /** Evidence of the consent or its withdrawal. */
  readonly evidence?: string;
}

export interface ConsentRecord {
  readonly legalBasis: "consent" | "delivery_notice";
  readonly grantedAt: string;
  readonly source: "customer" | "partner" | "call";
  readonly evidence?: string;
  readonly recordedAt: string;
}

export interface ConsumerFigures {
  readonly app: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  readonly stream: string;
  /** `missing` until the app has been started once. */
  readonly state: "up" | "missing" | "unreachable";
  /** Events that have not been delivered yet. */
  readonly pending: number;
  /** Events that have been delivered but not acknowledged. */
  readonly inFlight: number;
  /** Events in flight that were delivered before. */
  readonly redelivered: number;
}

export interface ConversationDecision {
  readonly kind: string;
  /** The question that the decision answers. */
  readonly question: string;
  readonly value?: string;
}

export interface ConversationTurn {
  readonly at: string;
  readonly heard?: Heard;
  readonly said: readonly string[];
}

export interface CorrectedPlace {
  readonly value: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  /** The place in the customer’s own words. */
  readonly text?: string;
}

export interface Correction {
  readonly present?: boolean | null;
  readonly availability?: readonly TimeWindow[] | null;
  readonly unavailable?: readonly TimeWindow[] | null;
  readonly safePlace?: CorrectedPlace | null;
  readonly accessCode?: string | null;
  readonly recipient?: Recipient | null;
  readonly reschedule?: Reschedule | null;
  readonly refused?: boolean | null;
  readonly optOut?: boolean | null;
  readonly callAhead?: boolean | null;
  readonly hazards?: readonly ("dog" | "ice" | "stairs" | "gate" | "other")[] | null;
  readonly handling?: readonly ("fragile" | "signature" | "leave_unattended_forbidden" | "ring_bell" | "do_not_ring" | "other")[] | null;
  readonly needsHuman?: boolean | null;
  readonly complexity?: number;
  /** A note for colleagues. It is not shown to the agent. */
  readonly note?: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface Customer {
  readonly name: string;
  readonly phone: string;
  readonly language?: "en" | "es";
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone?: TimeZone;
  readonly address?: string;
  readonly position: Position;
  readonly legalBasis?: "consent" | "delivery_notice";
  readonly callWindows?: readonly TimeWindow[];
  readonly customerId: string;
  readonly doNotCall: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
}

export interface CustomerChanges {
  readonly name?: string;
  readonly phone?: string;
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone?: TimeZone;
  readonly address?: string;
  readonly position?: Position;
}

export interface CustomerExport {
  readonly exportedAt: string;
  readonly customer: Customer;
  readonly preferences: Preferences;
  readonly consent: Consent;
  readonly deliveries: readonly ExportedDelivery[];
  readonly calls: readonly CallDetails[];
}

export interface CustomerInput {
  readonly name: string;
  readonly phone: string;
  readonly language?: "en" | "es";
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone?: TimeZone;
  readonly address?: string;
  readonly position: Position;
  readonly legalBasis?: "consent" | "delivery_notice";
  readonly callWindows?: readonly TimeWindow[];
}

export interface CustomerOptedOutData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  readonly customerId: string;
  /** The delivery in whose call the customer opted out. */
  readonly deliveryId?: string;
}

export interface CustomerPage {
  readonly items: readonly Customer[];
  readonly nextCursor?: string;
}

export interface DeadLetterDetails {
  readonly deadLetterId: string;
  /** The app that could not handle the event. */
  readonly consumer: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** The subject (type) of the event. */
  readonly subject: string;
  readonly reason: "malformed" | "handler_failed" | "handler_killed_process" | "max_deliveries";
  /** The stable code of the error, or the name of its class. */
  readonly code: string;
  readonly message: string;
  readonly messageId: string;
  readonly deliveries: number;
  readonly deadAt: string;
  /** Absent when the event cannot be read. */
  readonly organizationId?: string;
  /** The dead letter whose redrive failed again and created this one. */
  readonly redriveOf?: string;
  /** The first lines of the stack trace. */
  readonly stackHead: string;
  /** The event as it was received, usually JSON. Secrets and access codes are masked. */
  readonly body: string;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetterSummary[];
  readonly nextCursor?: string;
}

export interface DeadLetterSummary {
  readonly deadLetterId: string;
  /** The app that could not handle the event. */
  readonly consumer: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** The subject (type) of the event. */
  readonly subject: string;
  readonly reason: "malformed" | "handler_failed" | "handler_killed_process" | "max_deliveries";
  /** The stable code of the error, or the name of its class. */
  readonly code: string;
  readonly message: string;
  readonly messageId: string;
  readonly deliveries: number;
  readonly deadAt: string;
  /** Absent when the event cannot be read. */
  readonly organizationId?: string;
  /** The dead letter whose redrive failed again and created this one. */
  readonly redriveOf?: string;
}

export interface DeclineInput {
  readonly reason: "too_far" | "no_time" | "too_heavy" | "vehicle" | "unwell" | "other";
  readonly note?: string;
}

export interface DeclinedDelivery {
  readonly deliveryId: string;
}

export interface Delivery {
  readonly deliveryId: string;
  readonly revision: number;
  readonly reference: string;
  readonly customerId: string;
  readonly state: "created" | "call_planned" | "calling" | "awaiting_understanding" | "ready_to_assign" | "assigned" | "acknowledged" | "out_for_delivery" | "delivered" | "failed" | "rescheduled" | "refused" | "canceled" | "unassignable";
  readonly window: TimeWindow;
  readonly position: Position;
  /** The last instant at which the customer’s answer can be used. */
  readonly decideBy: string;
  /** Other windows that the customer may be offered. */
  readonly alternativeWindows: readonly TimeWindow[];
  readonly parcel: Parcel;
  readonly requires: readonly string[];
  readonly priority: number;
  readonly attempts: number;
  readonly plannedCallAt?: string;
  readonly contactOutcome?: string;
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly assignment?: AssignmentReason;
  readonly unassignableReason?: string;
  /** The customer’s latest wish by text that they are asked to confirm, or were. */
  readonly confirmation?: Confirmation;
  readonly handOver?: HandOver;
  readonly cancellation?: Cancellation;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DeliveryAcknowledgedData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  readonly agentId: string;
}

export interface DeliveryAssignedData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  readonly agentName: string;
  /** When the delivery is planned to arrive. */
  readonly window: TimeWindow;
  /** Whether the customer was asked and answered. */
  readonly customerReached: boolean;
  /** The outcome of the last call, or why no call was placed. */
  readonly contactOutcome?: string;
  /** The customer’s instructions in one line of text. */
  readonly summary: string;
}

export interface DeliveryCanceledData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  /** The reason, in the words of the person who canceled the delivery. */
  readonly reason?: string;
}

export interface DeliveryChanges {
  readonly reference?: string;
  /** The corrected window. To ask the customer again, reschedule the delivery instead. */
  readonly window?: TimeWindow;
  readonly decideBy?: string;
  readonly alternativeWindows?: readonly TimeWindow[];
  /** The new parcel. Replaces all fields of the previous one. */
  readonly parcel?: Parcel;
  readonly requires?: readonly string[];
  readonly priority?: number;
}

export interface DeliveryDeliveredData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  /** Where the parcel was left. Absent if it was handed over. */
  readonly safePlaceUsed?: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
}

export interface DeliveryFailedData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  /** The reason as a code, such as nobody_home or no_access. */
  readonly reason: string;
}

export interface DeliveryFunnel {
  /** Number of deliveries created. */
  readonly created: number;
  /** Number of deliveries whose customer’s phone rang at least once. */
  readonly called: number;
  /** Number of deliveries whose customer was reached in person. */
  readonly reached: number;
  /** Number of deliveries with at least one instruction from the customer. */
  readonly instructed: number;
  /** Number of deliveries assigned to an agent. */
  readonly assigned: number;
  /** Number of deliveries that their agent acknowledged. */
  readonly acknowledged: number;
  /** Number of deliveries that the customer rescheduled. */
  readonly rescheduled: number;
  /** Number of deliveries that the customer refused. */
  readonly refused: number;
  /** Number of deliveries that were canceled. */
  readonly canceled: number;
  /** Number of deliveries that were delivered. */
  readonly delivered: number;
  /** Number of deliveries whose hand-over failed at least once. */
  readonly failed: number;
}

export interface DeliveryImport {
  readonly importId: string;
  readonly revision: number;
  readonly state: "running" | "done";
  /** Number of rows sent. */
  readonly total: number;
  /** Number of rows from which a delivery was created. */
  readonly accepted: number;
  /** Number of rows that were rejected. Each row states its problem. */
  readonly rejected: number;
  readonly createdAt: string;
  readonly finishedAt?: string;
}

export interface DeliveryImportRow {
  readonly row: number;
  readonly state: "pending" | "accepted" | "rejected";
  readonly reference?: string;
  readonly deliveryId?: string;
  readonly problem?: ImportRowProblem;
}

export interface DeliveryImportRowPage {
  readonly items: readonly DeliveryImportRow[];
  readonly nextCursor?: string;
}

export interface DeliveryInput {
  readonly reference: string;
  readonly customerId?: string;
  readonly customer?: CustomerInput;
  readonly window: TimeWindow;
  readonly decideBy?: string;
  readonly alternativeWindows?: readonly TimeWindow[];
  readonly parcel?: Parcel;
  readonly requires?: readonly string[];
  readonly priority?: number;
}

export interface DeliveryOutForDeliveryData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  readonly agentId: string;
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly nextCursor?: string;
}

export interface DeliveryRefusedData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
}

export interface DeliveryReinstatedData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  /** The window for which the delivery is planned again. */
  readonly window: TimeWindow;
}

export interface DeliveryRescheduledData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  /** The window that the customer asked for. Absent if the customer did not name one. */
  readonly window?: TimeWindow;
}

export interface DeliveryUnassignableData {
  /** Ascending per delivery, or per customer for customer.opted_out. A webhook with a lower sequence describes an earlier state. */
  readonly sequence: number;
  /** DelAuto’s ID of the delivery. */
  readonly deliveryId: string;
  /** Your reference of the delivery. */
  readonly reference: string;
  /** The binding constraint. */
  readonly reason: string;
}

export interface DependencyReport {
  readonly name: string;
  readonly state: "up" | "down";
  /** Why the dependency is down. */
  readonly detail?: string;
}

export interface Device {
  readonly deviceId: string;
  readonly kind: "web_push" | "phone";
  /** The host of the push service, or the phone number. */
  readonly reachedAt: string;
  readonly createdAt: string;
}

export interface DeviceList {
  readonly items: readonly Device[];
}

export interface DoNotCallInput {
  readonly doNotCall: boolean;
  readonly reason: string;
  readonly source: "customer" | "partner" | "call";
  /** The customer’s new consent. Required to lift an opt-out. */
  readonly consent?: ConsentInput;
}

export interface Erasure {
  readonly erasureId: string;
  readonly customerId: string;
  readonly requestedAt: string;
  /** When the last app reported that it erased its data. */
  readonly completedAt?: string;
  readonly parts: readonly ErasurePart[];
  /** The data that is retained, where it is stored, and for how long. */
  readonly retained: readonly string[];
  readonly revision: number;
}

export interface ErasurePart {
  readonly app: "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  readonly state: "pending" | "done";
  readonly doneAt?: string;
}

export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ExcludedPlace {
  readonly place: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  /** The place in the customer’s own words. */
  readonly text: string;
}

export interface ExcludedPlacesFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly ExcludedPlace[];
}

export interface ExportedDelivery {
  readonly delivery: Delivery;
  /** The history of the delivery, including what was sent to the agent and the partner. */
  readonly timeline: Timeline;
  readonly recordings: readonly Recording[];
  readonly transcripts: readonly Transcript[];
}

export interface FeatureChanges {
  /** Ask customers whether the call may be recorded. If false, no call is recorded. */
  readonly recordCalls?: boolean;
  /** Ask for access codes in a separate question, and pause the recording during the answer. */
  readonly pauseForCodes?: boolean;
  /** Stored and published to the other apps with each change. No app acts on it yet, so it has no effect. */
  readonly transcribe?: boolean;
  /** Ask customers by text if no call reaches them. */
  readonly smsFallback?: boolean;
  /** Stored and published to the other apps with each change. No app acts on it yet, so it has no effect. */
  readonly holdoutPercent?: number;
}

export interface FieldError {
  /** The location: a field such as `window.start` or `items.3.phone`, or the name of a parameter or header. Empty for the body itself. */
  readonly path: string;
  /** What is wrong and what is expected. */
  readonly message: string;
}

export interface FirstAdmin {
  readonly email: string;
  readonly name: string;
}

export interface FirstInvitation {
  readonly invitationId: string;
  /** Shown only once; valid for seven days. */
  readonly token: string;
}

export interface FlagFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: boolean;
}

export interface HandOver {
  readonly at: string;
  /** Why the hand-over failed. Absent if it succeeded. */
  readonly reason?: "nobody_home" | "refused_at_door" | "address_not_found" | "no_access" | "no_safe_place" | "damaged" | "other";
  readonly note?: string;
  readonly safePlaceUsed?: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  readonly position?: Position;
}

export interface HandlingFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly ("fragile" | "signature" | "leave_unattended_forbidden" | "ring_bell" | "do_not_ring" | "other")[];
}

export interface HazardsFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly ("dog" | "ice" | "stairs" | "gate" | "other")[];
}

export interface HealthReport {
  /** Every app answers and every server is up. */
  readonly healthy: boolean;
  readonly apps: readonly AppHealth[];
  readonly servers: readonly ServerHealth[];
  /** Absent while no consumer is behind, or while the broker is unavailable. */
  readonly worstLag?: WorstLag;
  readonly at: string;
}

export interface Heard {
  readonly kind: "speech" | "keys" | "silence" | "message" | "pickup";
  /** The words, or the keys pressed. */
  readonly text?: string;
  /** The confidence of speech recognition. Present for speech only. */
  readonly confidence?: number;
}

export interface ImportFieldIssue {
  readonly path: string;
  readonly message: string;
}

export interface ImportRowProblem {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly ImportFieldIssue[];
}

export interface InboxMessage {
  readonly messageId: string;
  readonly agentId: string;
  readonly sequence: number;
  readonly messageKind: "assignment" | "instructions_changed" | "delivery_canceled" | "delivery_withdrawn";
  readonly deliveryId: string;
  readonly reference: string;
  readonly customerName?: string;
  readonly address?: string;
  readonly position?: Position;
  readonly window?: TimeWindow;
  readonly summary: string;
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
  readonly createdAt: string;
  readonly acknowledgedAt?: string;
  /** When the agent heard the customer’s recording. */
  readonly listenedAt?: string;
}

export interface InboxPage {
  readonly items: readonly InboxMessage[];
}

export interface InsightsReply {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  /** Number of recordings and texts that were analyzed. The counts refer to these. */
  readonly understood: number;
  /** The topics, most frequent first. */
  readonly topics: readonly TopicCount[];
  /** Obstacles between the agent and the door, most frequent first. */
  readonly hindrances: readonly TopicCount[];
  /** Moods by day, oldest first. Days without recordings and texts are omitted. */
  readonly moods: readonly MoodOfDay[];
}

export interface Instructions {
  /** Whether someone will be present in the planned window. */
  readonly present?: FlagFinding;
  readonly availability?: WindowsFinding;
  readonly unavailable?: WindowsFinding;
  readonly safePlace?: SafePlaceFinding;
  /** Places where the parcel must not be left. */
  readonly excludedPlaces?: ExcludedPlacesFinding;
  readonly accessCode?: TextFinding;
  readonly recipient?: RecipientFinding;
  /** Everyone else whom the customer names as taking the parcel, or as not to get it. */
  readonly people?: PeopleFinding;
  /** Conditions on the customer’s wishes, in their own words. */
  readonly conditions?: ConditionsFinding;
  readonly reschedule?: RescheduleFinding;
  readonly refused?: RefusalFinding;
  readonly optOut?: FlagFinding;
  readonly callAhead?: FlagFinding;
  readonly hazards?: HazardsFinding;
  readonly handling?: HandlingFinding;
  readonly needsHuman?: FlagFinding;
  /** The customer’s mood, if their words show it. */
  readonly sentiment?: SentimentFinding;
  /** Whether the request is urgent. */
  readonly urgent?: FlagFinding;
  /** Words that were not understood, and contradictions between words and pressed keys, for a person to resolve. Until then the keys apply. */
  readonly questions?: QuestionsFinding;
  readonly complexity: number;
  /** The factors that contribute to the complexity. */
  readonly complexityFactors?: readonly ("availability" | "unavailable" | "safe_place" | "access_code" | "recipient" | "reschedule" | "refused" | "opt_out" | "call_ahead" | "hazards" | "handling" | "condition")[];
}

export interface Invitation {
  readonly email: string;
  /** The invited person can change it when they accept. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent that this person is. */
  readonly agentId?: string;
  readonly invitationId: string;
  readonly state: "open" | "accepted" | "withdrawn" | "expired";
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly userId?: string;
}

export interface InvitationInput {
  readonly email: string;
  /** The invited person can change it when they accept. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent that this person is. */
  readonly agentId?: string;
}

export interface InvitationPage {
  readonly items: readonly Invitation[];
  readonly nextCursor?: string;
}

export interface IssuedApiKeyReply {
  readonly keyId: string;
  readonly label: string;
  readonly scopes: readonly ("self:read" | "organization:read" | "organization:write" | "users:read" | "users:write" | "api-keys:read" | "api-keys:write" | "audit:read" | "deliveries:read" | "deliveries:write" | "deliveries:dispatch" | "customers:read" | "customers:write" | "customers:export" | "customers:erase" | "agents:read" | "agents:write" | "agent-tokens:create" | "calls:read" | "calls:write" | "recordings:read" | "recordings:listen" | "instructions:write" | "search:read" | "routing:read" | "routing:write" | "analytics:read" | "webhook-endpoints:read" | "webhook-endpoints:write" | "announcements:write" | "live:watch")[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** Accurate to a minute. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  /** Until then, the secret before the last rotation is also valid. */
  readonly previousValidUntil?: string;
  /** Send it as `Authorization: Bearer`. Shown only once. */
  readonly apiKey: string;
}

export interface IssuedInvitation {
  readonly email: string;
  /** The invited person can change it when they accept. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent that this person is. */
  readonly agentId?: string;
  readonly invitationId: string;
  readonly state: "open" | "accepted" | "withdrawn" | "expired";
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly userId?: string;
  /** Shown only once. Send it to the person through a channel you trust. */
  readonly token: string;
}

export interface LeftUnassigned {
  readonly deliveryId: string;
  readonly bindingConstraint: string;
  readonly explanation: string;
}

export interface LocalHours {
  /** The day of the week. If absent, the hours apply to every day. */
  readonly day?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  readonly from: string;
  readonly until: string;
}

export interface MeasuredShare {
  readonly met: number;
  readonly total: number;
  /** `met` divided by `total`. Absent if `total` is 0. */
  readonly share?: number;
  /** Lower bound of the 95% confidence interval of the share. */
  readonly low: number;
  /** Upper bound of the 95% confidence interval of the share. */
  readonly high: number;
}

export interface MoodOfDay {
  /** The start of the day. */
  readonly start: string;
  readonly positive: number;
  readonly negative: number;
  /** Number of recordings and texts whose words show neither mood. */
  readonly neither: number;
}

export interface Organization {
  readonly organizationId: string;
  readonly name: string;
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone: TimeZone;
  readonly maxAttemptsPerDelivery: number;
  readonly callsFromMinute: number;
  readonly callsUntilMinute: number;
  readonly dispatcherPhone?: string;
  readonly daysOff: readonly string[];
  /** What DelAuto does when a customer hangs up during the first words of a call, before answering anything. `another_day`: places one more call, on another day at the earliest, or none if no lawful hour of another day remains before `decideBy`. `later_once`: places one more call, at least four hours later, possibly on the same day. `text`: places no further call and asks the customer by text if `features.smsFallback` is on. `no_more_calls`: places no further call and sends no text that asks. After a hang-up, at most one more call rings for the delivery, whatever its outcome. That call counts toward every cap. If no call follows, the customer is asked by text like a customer whom no call reached, except with `no_more_calls`. The setting takes effect the next time a call is planned. A dispatcher can still start a call. */
  readonly afterEarlyHangUp?: "another_day" | "later_once" | "text" | "no_more_calls";
  readonly recordingRetentionDays: number;
  readonly features: OrganizationFeatures;
  readonly createdAt: string;
  readonly revision: number;
}

export interface OrganizationChanges {
  readonly name?: string;
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone?: TimeZone;
  readonly maxAttemptsPerDelivery?: number;
  readonly callsFromMinute?: number;
  readonly callsUntilMinute?: number;
  /** `null` removes it. */
  readonly dispatcherPhone?: string | null;
  /** Days without calls, in addition to those required by law, in the customer’s time zone. */
  readonly daysOff?: readonly string[];
  /** What DelAuto does when a customer hangs up during the first words of a call, before answering anything. `another_day`: places one more call, on another day at the earliest, or none if no lawful hour of another day remains before `decideBy`. `later_once`: places one more call, at least four hours later, possibly on the same day. `text`: places no further call and asks the customer by text if `features.smsFallback` is on. `no_more_calls`: places no further call and sends no text that asks. After a hang-up, at most one more call rings for the delivery, whatever its outcome. That call counts toward every cap. If no call follows, the customer is asked by text like a customer whom no call reached, except with `no_more_calls`. The setting takes effect the next time a call is planned. A dispatcher can still start a call. */
  readonly afterEarlyHangUp?: "another_day" | "later_once" | "text" | "no_more_calls";
  /** How many days recordings are kept. Applies to calls requested from now on. */
  readonly recordingRetentionDays?: number;
  readonly features?: FeatureChanges;
}

export interface OrganizationFeatures {
  /** Ask customers whether the call may be recorded. If false, no call is recorded. */
  readonly recordCalls: boolean;
  /** Ask for gate and door codes in a separate question, and pause the recording during the answer. */
  readonly pauseForCodes?: boolean;
  readonly transcribe: boolean;
  readonly smsFallback: boolean;
  readonly holdoutPercent: number;
}

export interface OrganizationInput {
  readonly name: string;
  /** A name of the IANA time zone database, such as `America/Chicago`. */
  readonly zone: TimeZone;
  readonly maxAttemptsPerDelivery?: number;
  readonly callsFromMinute?: number;
  readonly callsUntilMinute?: number;
  readonly dispatcherPhone?: string;
  /** The person to invite as the first administrator. */
  readonly admin?: FirstAdmin;
}

export interface OrganizationPage {
  readonly items: readonly Organization[];
  readonly nextCursor?: string;
}

export interface OutcomeCount {
  readonly outcome: string;
  readonly count: number;
}

export interface OwnDay {
  readonly date: string;
  readonly zone: string;
  /** The deliveries of the day, in the order that meets the most windows with the least driving. Today also includes overdue deliveries. */
  readonly stops: readonly Stop[];
  /** Number of deliveries of this day that are already delivered. */
  readonly delivered: number;
  /** Number of deliveries of this day that already failed. */
  readonly failed: number;
}

export interface OwnPushSubscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface Parcel {
  readonly description?: string;
  readonly weightGrams?: number;
  readonly volumeMl?: number;
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export interface PeopleFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly Person[];
}

export interface Person {
  /** The customer’s own words for the person. */
  readonly who: string;
  readonly name: string | null;
  readonly unit: string | null;
  /** Whether the person takes the parcel. Otherwise they must not get it. */
  readonly mayReceive: boolean;
}

export interface PlannedAssignment {
  readonly deliveryId: string;
  readonly agentId: string;
  /** The agent who has the delivery now. Absent if it is unassigned. */
  readonly formerAgentId?: string;
  readonly cost: number;
  readonly terms: AssignmentTerms;
  readonly runnerUpAgentId?: string;
  readonly runnerUpCost?: number;
  readonly explanation: string;
}

export interface PlanningScope {
  /** Plans only these deliveries, without moving others. Defaults to all deliveries that wait for an agent. */
  readonly deliveryIds?: readonly string[];
}

export type Position = readonly [number, number];

export interface PreferenceOrigin {
  readonly field: "language" | "callWindows" | "preferredHours" | "channel" | "safePlace" | "notes";
  readonly provenance: "stated" | "learned";
  readonly source: "customer" | "partner" | "call";
  readonly confidence: number;
  readonly setAt: string;
  readonly expiresAt?: string;
}

export interface PreferenceValues {
  readonly language?: "en" | "es";
  /** Windows in which the customer prefers to be called. They do not recur. */
  readonly callWindows?: readonly TimeWindow[];
  /** Weekly hours in which the customer prefers to be called. */
  readonly preferredHours?: readonly LocalHours[];
  /** The preferred channel. With `text`, the customer is not called, and deliveries proceed without an answer. */
  readonly channel?: "voice" | "text";
  readonly safePlace?: PreferredPlace;
  readonly notes?: string;
}

export interface Preferences {
  readonly customerId: string;
  readonly values: PreferenceValues;
  readonly origins: readonly PreferenceOrigin[];
  readonly revision: number;
}

export interface PreferencesInput {
  readonly language?: "en" | "es";
  /** Windows in which the customer prefers to be called. They do not recur. */
  readonly callWindows?: readonly TimeWindow[];
  /** Weekly hours in which the customer prefers to be called. */
  readonly preferredHours?: readonly LocalHours[];
  /** The preferred channel. With `text`, the customer is not called, and deliveries proceed without an answer. */
  readonly channel?: "voice" | "text";
  readonly safePlace?: PreferredPlace;
  readonly notes?: string;
  /** Who stated the preferences. Defaults to `partner`. */
  readonly source?: "customer" | "partner";
  /** When these fields stop applying. */
  readonly expiresAt?: string;
}

export interface PreferredPlace {
  readonly place: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  readonly text?: string;
}

export interface ProblemDetails {
  /** Stable identifier of the problem type, explained at /docs/problems. */
  readonly type: string;
  /** The problem type in words; the same for every occurrence. */
  readonly title: string;
  /** The HTTP status, repeated. */
  readonly status: number;
  /** What happened in this occurrence, and what to do. */
  readonly detail: string;
  /** The last part of `type`, for programs. */
  readonly code: string;
  /** Identifies this occurrence; contains the `X-Request-Id`. */
  readonly instance?: string;
  /** All invalid fields, if fields are invalid. */
  readonly errors?: readonly FieldError[];
  /** The W3C trace id under which the error is logged. */
  readonly traceId?: string;
}

export interface ProblemReportInput {
  readonly kind: "address" | "access" | "customer" | "parcel" | "vehicle" | "safety" | "delay" | "other";
  readonly text: string;
  readonly position?: Position;
}

export interface PushSubscription {
  readonly agentId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly deviceId: string;
}

export interface Question {
  /** The field of the instructions that the question is about. */
  readonly about: string;
  /** The customer’s words that contradict that field or were not understood. */
  readonly said: string;
}

export interface QuestionsFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly Question[];
}

export interface QueueReport {
  readonly queue: string;
  /** Number of work items scheduled for later. */
  readonly waiting: number;
  /** Number of work items that are due and not started. */
  readonly due: number;
  readonly running: number;
  /** Number of work items that were abandoned after their last attempt. */
  readonly failed: number;
  /** Milliseconds since the oldest due work item became due. 0 if none is due. */
  readonly oldestDueMs: number;
}

export interface QueuesReport {
  readonly apps: readonly AppQueues[];
  /** As reported by the leader of each consumer. */
  readonly consumers: readonly ConsumerFigures[];
  /** Number of dead letters; absent while the broker does not answer. */
  readonly deadLetters?: number;
  readonly at: string;
}

export interface ReadUpTo {
  /** The agent has read everything up to this sequence. */
  readonly upTo: number;
}

export interface ReassignmentInput {
  /** The agent who receives the delivery. If absent, any agent except the current one. */
  readonly agentId?: string;
  /** Whether to assign the delivery to the given agent even if that violates a hard constraint. */
  readonly force?: boolean;
}

export interface Recipient {
  readonly name: string | null;
  readonly unit: string | null;
}

export interface RecipientFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: Recipient;
}

export interface Recording {
  readonly recordingId: string;
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly state: "waiting" | "stored" | "expired" | "missing";
  readonly durationSeconds: number;
  readonly channels: number;
  readonly sizeBytes?: number;
  /** SHA-256 of the WAV file as served, in hexadecimal. */
  readonly sha256?: string;
  /** When the carrier reported the recording, or reported that none exists. */
  readonly createdAt: string;
  readonly storedAt?: string;
  readonly revision: number;
}

export interface RecordingLink {
  readonly url: string;
  readonly expiresAt: string;
}

export interface RecordingPage {
  readonly items: readonly Recording[];
  readonly nextCursor?: string;
}

export interface RefreshTokenInput {
  readonly refreshToken: string;
}

export interface RefusalFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: boolean;
  /** Present if the customer wrote it in a text and was asked to confirm it. Until then nothing is sent back. */
  readonly confirmation?: "awaited" | "unanswered";
}

export interface ReportedProblem {
  readonly kind: "address" | "access" | "customer" | "parcel" | "vehicle" | "safety" | "delay" | "other";
  readonly text: string;
  readonly position?: Position;
  readonly problemId: string;
  readonly deliveryId: string;
  readonly reportedAt: string;
}

export interface Reschedule {
  readonly to: TimeWindow | null;
}

export interface RescheduleFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: Reschedule;
  /** Present if the customer wrote it in a text and was asked to confirm it. Until then nothing is moved. */
  readonly confirmation?: "awaited" | "unanswered";
}

export interface ReschedulingInput {
  readonly window: TimeWindow;
  /** The last instant at which the customer’s answer can be used. Defaults to the start of the new window. */
  readonly decideBy?: string;
  /** Other windows that the customer may be offered. Defaults to none. */
  readonly alternativeWindows?: readonly TimeWindow[];
}

export interface Review {
  readonly state: "open" | "closed";
  readonly reasons: readonly ("unreadable" | "unsure_words" | "unsure_finding" | "asks_for_person" | "unclear_words" | "unconfirmed_decision")[];
  readonly openedAt: string;
  readonly closedAt?: string;
}

export interface RevokedSessions {
  readonly revoked: number;
}

export interface Rotation {
  /** How long the previous secret stays valid, in seconds. Default: one day. */
  readonly overlapSeconds?: number;
}

export interface SafePlaceFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  readonly text?: string;
}

export interface SearchHit {
  readonly recordingId: string;
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly customerId?: string;
  /** The agent to whom the delivery was last assigned. */
  readonly agentId?: string;
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly spokenAt: string;
  readonly language: "en" | "es";
  /** The relevance. Higher is better. Scores are comparable only within one response. */
  readonly score: number;
  readonly snippets: readonly SearchSnippet[];
  /** The extracted instructions in words. They are searched as well. */
  readonly wishes: string;
}

export interface SearchPage {
  readonly items: readonly SearchHit[];
  readonly nextCursor?: string;
}

export interface SearchSnippet {
  readonly text: string;
  /** The position of the excerpt in the transcript, in UTF-16 code units. */
  readonly offset: number;
  /** The matched words within this excerpt. */
  readonly highlights: readonly TextSpan[];
}

export interface Self {
  /** `admin`, `dispatcher`, `agent` or `partner`; `key` for an API key. */
  readonly role: string;
  readonly organizationId: string;
  readonly user?: User;
  readonly agentId?: string;
  readonly keyId?: string;
  readonly permissions: readonly string[];
}

export interface SentimentFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: "positive" | "negative";
}

export interface ServerHealth {
  readonly name: string;
  /** `partly`: some apps reach it and others do not. `unknown`: no app that answered needs it. */
  readonly state: "up" | "partly" | "down" | "unknown";
}

export interface Session {
  readonly sessionId: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly userAgent?: string;
  readonly address?: string;
  readonly current: boolean;
}

export interface SessionPage {
  readonly items: readonly Session[];
  readonly nextCursor?: string;
}

export interface StatusReportInput {
  readonly status: "out_for_delivery" | "delivered" | "failed";
  /** Why the delivery failed. Required with `failed` and not allowed otherwise. */
  readonly reason?: "nobody_home" | "refused_at_door" | "address_not_found" | "no_access" | "no_safe_place" | "damaged" | "other";
  /** Proof of delivery: who took the parcel or where it was left. */
  readonly note?: string;
  /** Where the parcel was left. Allowed with `delivered` only. */
  readonly safePlaceUsed?: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  /** The position of the agent. */
  readonly position?: Position;
  /** When it happened, for a report that is sent later. Defaults to now. */
  readonly at?: string;
}

export interface Stop {
  readonly stop: number;
  readonly deliveryId: string;
  readonly revision: number;
  readonly reference: string;
  readonly state: "created" | "call_planned" | "calling" | "awaiting_understanding" | "ready_to_assign" | "assigned" | "acknowledged" | "out_for_delivery" | "delivered" | "failed" | "rescheduled" | "refused" | "canceled" | "unassignable";
  readonly customerName: string;
  readonly phone: string;
  readonly address?: string;
  readonly position: Position;
  readonly window: TimeWindow;
  readonly arrival: StopArrival;
  readonly parcel: Parcel;
  readonly requires: readonly string[];
  /** The customer’s instructions. They contain the value of an access code only on the day of the delivery. */
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

export interface StopArrival {
  readonly at: string;
  /** The start of the 80% prediction interval of the arrival. */
  readonly earliest: string;
  /** The end of the 80% prediction interval of the arrival. */
  readonly latest: string;
}

export interface Summary {
  readonly funnel: DeliveryFunnel;
  /** Number of attempts that ended within the span, by outcome. */
  readonly callOutcomes: readonly OutcomeCount[];
  /** Number of customers who opted out within the span. */
  readonly optOuts: number;
  /** Number of partner webhooks delivered within the span. */
  readonly webhooksDelivered: number;
  /** Median time from message to acknowledgement, in milliseconds, over the messages acknowledged within the span. Absent if there are none. */
  readonly medianAcknowledgeMs?: number;
}

export interface TextFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: string;
}

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface TimeWindow {
  readonly start: string;
  readonly end: string;
}

export type TimeZone = string;

export interface TimedSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly confidence: number;
  /** The position of each word, if the speech recognizer reports it. Absent if the segment contains a masked access code. */
  readonly words?: readonly TimedWord[];
}

export interface TimedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Timeline {
  readonly deliveryId: string;
  readonly entries: readonly TimelineEntry[];
}

export interface TimelineEntry {
  readonly at: string;
  readonly event: string;
  readonly text: string;
}

export interface Tokens {
  /** Sent as `Authorization: Bearer`. */
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** Valid for one refresh; the response holds its successor. */
  readonly refreshToken: string;
  /** Without a refresh until then, the session ends. */
  readonly refreshExpiresAt: string;
  readonly sessionId: string;
}

export interface TokensAndUser {
  /** Sent as `Authorization: Bearer`. */
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** Valid for one refresh; the response holds its successor. */
  readonly refreshToken: string;
  /** Without a refresh until then, the session ends. */
  readonly refreshExpiresAt: string;
  readonly sessionId: string;
  readonly user: User;
}

export interface TopicCount {
  /** A topic that customers mentioned, such as `safe_place`, `reschedule` or `dog`. */
  readonly topic: string;
  /** Number of recordings and texts that mention the topic. */
  readonly count: number;
}

export interface Transcript {
  readonly recordingId: string;
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly state: "waiting" | "transcribed" | "understood" | "failed";
  readonly text?: string;
  readonly language?: "en" | "es";
  readonly segments: readonly TimedSegment[];
  /** The confidence of speech recognition, averaged over all segments and weighted by their length. Absent if there are no segments. */
  readonly confidence?: number;
  /** The speech-to-text provider. */
  readonly provider?: string;
  readonly model?: string;
  readonly instructions?: Instructions;
  /** The analyst that extracted the instructions. */
  readonly analyst?: string;
  /** Why no instructions could be extracted. */
  readonly failure?: TranscriptFailure;
  /** Version of the instructions: 0 before extraction, 1 as extracted by the analyst, and incremented by every correction. */
  readonly version: number;
  /** The user or API key that made the last correction. */
  readonly correctedBy?: string;
  /** The note of the last correction, for colleagues. */
  readonly note?: string;
  /** The review. Present if a person should review or has reviewed the recording. */
  readonly review?: Review;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
}

export interface TranscriptFailure {
  readonly code: string;
  readonly detail: string;
}

export interface TranscriptPage {
  /** The transcripts, without segments. Retrieve a transcript to get its segments. */
  readonly items: readonly Transcript[];
  readonly nextCursor?: string;
}

export interface User {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** The agent this user is, when the role is agent. */
  readonly agentId?: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly lastSignInAt?: string;
  readonly revision: number;
}

export interface UserChanges {
  readonly name?: string;
  readonly role?: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent. */
  readonly agentId?: string;
  /** `false` ends all sessions of the user immediately. */
  readonly active?: boolean;
}

export interface UserPage {
  readonly items: readonly User[];
  readonly nextCursor?: string;
}

export interface WebhookDelivery {
  readonly webhookId: string;
  readonly endpointId: string;
  readonly type: string;
  readonly deliveryId?: string;
  readonly state: "queued" | "pending" | "delivered" | "exhausted" | "endpoint_gone";
  readonly tries: number;
  /** The HTTP status of the last attempt. Absent if there was no response. */
  readonly lastStatus?: number;
  readonly lastError?: string;
  readonly nextTryAt?: string;
  readonly createdAt: string;
  readonly settledAt?: string;
}

export interface WebhookDeliveryPage {
  readonly items: readonly WebhookDelivery[];
  readonly nextCursor?: string;
}

export interface WebhookEndpoint {
  readonly url: string;
  /** The types to send. If absent, all types are sent, including types that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
  readonly endpointId: string;
  /** Whether webhooks are sent. False if the endpoint was disabled or responded with 410 Gone. */
  readonly enabled: boolean;
  readonly revision: number;
  readonly createdAt: string;
}

export interface WebhookEndpointChanges {
  readonly url?: string;
  /** The types to send. `null` restores all types. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[] | null;
  readonly enabled?: boolean;
}

export interface WebhookEndpointInput {
  readonly url: string;
  /** The types to send. If absent, all types are sent, including types that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
}

export interface WebhookEndpointPage {
  readonly items: readonly WebhookEndpoint[];
  readonly nextCursor?: string;
}

export interface WebhookEndpointWithSecret {
  readonly url: string;
  /** The types to send. If absent, all types are sent, including types that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
  readonly endpointId: string;
  /** Whether webhooks are sent. False if the endpoint was disabled or responded with 410 Gone. */
  readonly enabled: boolean;
  readonly revision: number;
  readonly createdAt: string;
  /** The signing secret according to Standard Webhooks. It is returned only once. */
  readonly secret: string;
}

export interface WebhookSecretRotation {
  /** Hours during which webhooks are also signed with the previous secret, so that none is rejected during the rotation. Defaults to 24. */
  readonly overlapHours?: number;
}

export interface WindowsFinding {
  readonly confidence: number;
  readonly source: "keys" | "speech" | "analysis" | "person";
  readonly evidence?: Evidence;
  readonly value: readonly TimeWindow[];
}

export interface WorstLag {
  readonly app: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  readonly stream: string;
  readonly pending: number;
}

export interface ListDeadLettersQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  /** Only events that this app could not handle. */
  readonly consumer?: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
}

export interface ListAgentsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  readonly active?: "true" | "false";
  readonly skill?: string;
}

export interface GetAgentFiguresQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface GetCallFiguresQuery {
  readonly from?: string;
  readonly to?: string;
  /** The size of a bucket. Defaults to `day`. */
  readonly by?: "hour" | "day";
  /** The time zone that defines when hours and days begin. Defaults to UTC. */
  readonly zone?: string;
}

export interface GetInsightsQuery {
  readonly from?: string;
  readonly to?: string;
  /** Only this delivery. */
  readonly deliveryId?: string;
  /** The time zone that defines when days begin. Defaults to UTC. */
  readonly zone?: string;
}

export interface GetSummaryQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface ListAnnouncementsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListApiKeysQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListAuditLogQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  /** The id of a user, an API key or an agent, or `operator`. */
  readonly actorId?: string;
  readonly targetId?: string;
  /** The `action` of an entry, such as `routing.delivery.created`. */
  readonly action?: string;
  readonly since?: string;
  /** Exclusive. */
  readonly until?: string;
}

export interface ListOwnSessionsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListCallsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  readonly deliveryId?: string;
  readonly customerId?: string;
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed" | "refused";
  /** Requested at this instant or later. */
  readonly from?: string;
  /** Requested before this instant. */
  readonly to?: string;
}

export interface ListCustomersQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  readonly phone?: string;
  /** The beginning of the name; case-insensitive. */
  readonly namePrefix?: string;
  readonly doNotCall?: "true" | "false";
}

export interface GetCallTimingQuery {
  /** The last instant at which the customer’s answer is useful. Default: in two days. */
  readonly deadline?: string;
}

export interface ListDeliveriesQuery {
  readonly state?: "created" | "call_planned" | "calling" | "awaiting_understanding" | "ready_to_assign" | "assigned" | "acknowledged" | "out_for_delivery" | "delivered" | "failed" | "rescheduled" | "refused" | "canceled" | "unassignable";
  readonly customerId?: string;
  /** Only deliveries that this agent has, or had when they ended. */
  readonly agentId?: string;
  /** Only deliveries with exactly this partner reference. */
  readonly reference?: string;
  /** Only deliveries whose confirmation has this state. `unanswered`: those on which a dispatcher has to decide. */
  readonly confirmation?: "awaited" | "unanswered" | "confirmed" | "declined";
  /** Only deliveries whose window starts at or after this instant. */
  readonly windowFrom?: string;
  /** Only deliveries whose window starts before this instant. */
  readonly windowTo?: string;
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListDeliveryImportRowsQuery {
  readonly state?: "pending" | "accepted" | "rejected";
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListInvitationsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListOwnAnnouncementsQuery {
  /** Only announcements after this sequence. Default: after the last confirmed one. */
  readonly after?: number;
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
}

export interface GetOwnDayQuery {
  /** Default: today in the organization’s time zone. */
  readonly date?: string;
}

export interface ListOwnInboxQuery {
  /** The sequence of the last message that the application has. */
  readonly after?: number;
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
}

export interface ListOrganizationsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListRecordingsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  readonly deliveryId?: string;
  readonly attemptId?: string;
  readonly state?: "waiting" | "stored" | "expired" | "missing";
  /** Created at this instant or later. */
  readonly from?: string;
  /** Created before this instant. */
  readonly to?: string;
}

export interface ListReviewsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  /** Default: open reviews. */
  readonly state?: "open" | "closed";
}

export interface SearchQuery {
  /** The words to find; all other characters are treated as spaces. */
  readonly q: string;
  /** The language whose word forms are matched. Default: English. */
  readonly language?: "en" | "es";
  /** Spoken at this instant or later. */
  readonly from?: string;
  /** Spoken before this instant. */
  readonly to?: string;
  readonly agentId?: string;
  readonly customerId?: string;
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListUsersQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
  readonly role?: "admin" | "dispatcher" | "agent" | "partner";
}

export interface ListUserSessionsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListWebhookEndpointsQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

export interface ListWebhookDeliveriesQuery {
  /** Maximum number of items per page. Default: 50. */
  readonly limit?: number;
  /** The `nextCursor` of the previous page; omit it for the first page. */
  readonly cursor?: string;
}

/** The `data` of each webhook type. */
export interface WebhookData {
  readonly "delivery.assigned": DeliveryAssignedData;
  readonly "delivery.acknowledged": DeliveryAcknowledgedData;
  readonly "delivery.rescheduled": DeliveryRescheduledData;
  readonly "delivery.canceled": DeliveryCanceledData;
  readonly "delivery.out_for_delivery": DeliveryOutForDeliveryData;
  readonly "delivery.delivered": DeliveryDeliveredData;
  readonly "delivery.failed": DeliveryFailedData;
  readonly "delivery.refused": DeliveryRefusedData;
  readonly "delivery.reinstated": DeliveryReinstatedData;
  readonly "delivery.unassignable": DeliveryUnassignableData;
  readonly "customer.opted_out": CustomerOptedOutData;
}

/** Every operation of the API as a method. */
export class DelAuto extends HttpClient {
  /** Returns the read cache statistics of the gateway process that answers, since it started. Requires the permission `operations:read`. */
  getCacheFigures(options: CallOptions = {}): Promise<CacheReport> {
    return this.send({ method: "GET", path: `/v1/admin/cache`, keyed: false, answer: "json" }, options);
  }

  /** Lists events that could not be handled and were not redriven, newest first. Requires the permission `operations:read`. */
  listDeadLetters(query: ListDeadLettersQuery = {}, options: CallOptions = {}): Promise<DeadLetterPage> {
    return this.send({ method: "GET", path: `/v1/admin/dead-letters`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listDeadLetters`. Fetches pages on demand. */
  iterateDeadLetters(query: ListDeadLettersQuery = {}, options: CallOptions = {}): AsyncGenerator<DeadLetterSummary, void, undefined> {
    return itemsOf((page) => this.listDeadLetters({ ...query, ...page }, options));
  }

  /** Returns one dead letter with its body. Secrets and access codes are masked. Requires the permission `operations:read`. */
  getDeadLetter(deadLetterId: string, options: CallOptions = {}): Promise<DeadLetterDetails> {
    return this.send({ method: "GET", path: `/v1/admin/dead-letters/${encodeURIComponent(deadLetterId)}`, keyed: false, answer: "json" }, options);
  }

  /** Redelivers the event to the app that could not handle it, and to no other app. Requires the permission `operations:write`. */
  redriveDeadLetter(deadLetterId: string, options: CallOptions = {}): Promise<DeadLetterSummary> {
    return this.send({ method: "POST", path: `/v1/admin/dead-letters/${encodeURIComponent(deadLetterId)}/redrive`, keyed: true, answer: "json" }, options);
  }

  /** Returns which apps respond and which servers (such as MongoDB and NATS) they reach. Requires the permission `operations:read`. */
  getHealth(options: CallOptions = {}): Promise<HealthReport> {
    return this.send({ method: "GET", path: `/v1/admin/health`, keyed: false, answer: "json" }, options);
  }

  /** Returns due work, unpublished events, and the lag of each app’s consumer on each stream. Requires the permission `operations:read`. */
  getQueues(options: CallOptions = {}): Promise<QueuesReport> {
    return this.send({ method: "GET", path: `/v1/admin/queues`, keyed: false, answer: "json" }, options);
  }

  /** Lists agents, newest first. Requires the permission `agents:read`. */
  listAgents(query: ListAgentsQuery = {}, options: CallOptions = {}): Promise<AgentPage> {
    return this.send({ method: "GET", path: `/v1/agents`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listAgents`. Fetches pages on demand. */
  iterateAgents(query: ListAgentsQuery = {}, options: CallOptions = {}): AsyncGenerator<Agent, void, undefined> {
    return itemsOf((page) => this.listAgents({ ...query, ...page }, options));
  }

  /** Adds an agent. Requires the permission `agents:write`. */
  createAgent(body: AgentInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "POST", path: `/v1/agents`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns an agent. Requires the permission `agents:read`. */
  getAgent(agentId: string, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "GET", path: `/v1/agents/${encodeURIComponent(agentId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes an agent. Fields that are left out stay unchanged. Requires the permission `agents:write`. */
  updateAgent(agentId: string, body: AgentChanges, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PATCH", path: `/v1/agents/${encodeURIComponent(agentId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Deactivates an agent permanently: no sign-in, no deliveries. Timelines still show the agent. Requires the permission `agents:write`. */
  deactivateAgent(agentId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/agents/${encodeURIComponent(agentId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Sets whether an agent can work. Unacknowledged deliveries of an unavailable agent are reassigned immediately. Requires the permission `agents:write`. */
  putAgentAvailability(agentId: string, body: AvailabilityInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/availability`, body, keyed: false, answer: "json" }, options);
  }

  /** Sets an agent’s position, as a dispatcher knows it. A position older than the stored one is ignored. Requires the permission `agents:write`. */
  putAgentLocation(agentId: string, body: AgentLocationInput, options: CallOptions = {}): Promise<AgentLocation> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/location`, body, keyed: false, answer: "json" }, options);
  }

  /** Returns the outcomes of an agent’s deliveries, with their confidence. Requires the permission `agents:read`. */
  getAgentPerformance(agentId: string, options: CallOptions = {}): Promise<AgentPerformance> {
    return this.send({ method: "GET", path: `/v1/agents/${encodeURIComponent(agentId)}/performance`, keyed: false, answer: "json" }, options);
  }

  /** Replaces an agent’s shifts. Unacknowledged deliveries outside the new shifts are replanned immediately. Requires the permission `agents:write`. */
  putAgentShift(agentId: string, body: AgentShifts, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/shift`, body, keyed: false, answer: "json" }, options);
  }

  /** Issues an access token for the agent’s application. Requires the permission `agent-tokens:create`. */
  issueAgentToken(agentId: string, options: CallOptions = {}): Promise<AgentToken> {
    return this.send({ method: "POST", path: `/v1/agents/${encodeURIComponent(agentId)}/tokens`, keyed: true, answer: "json" }, options);
  }

  /** Returns what each agent was assigned and acknowledged, and how fast, in a span of at most 366 days. Requires the permission `analytics:read`. */
  getAgentFigures(query: GetAgentFiguresQuery = {}, options: CallOptions = {}): Promise<AgentFiguresReply> {
    return this.send({ method: "GET", path: `/v1/analytics/agents`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Returns outcomes of attempts and how often a person was reached, by hour (up to 31 days) or day (up to 366). Requires the permission `analytics:read`. */
  getCallFigures(query: GetCallFiguresQuery = {}, options: CallOptions = {}): Promise<CallFiguresReply> {
    return this.send({ method: "GET", path: `/v1/analytics/calls`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Returns topics, sentiment by day, and obstacles to deliveries, in a span of at most 366 days. Requires the permission `analytics:read`. */
  getInsights(query: GetInsightsQuery = {}, options: CallOptions = {}): Promise<InsightsReply> {
    return this.send({ method: "GET", path: `/v1/analytics/insights`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Returns the organization’s key figures. Requires the permission `analytics:read`. */
  getSummary(query: GetSummaryQuery = {}, options: CallOptions = {}): Promise<Summary> {
    return this.send({ method: "GET", path: `/v1/analytics/summary`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Lists the organization’s announcements, newest first. Requires the permission `announcements:write`. */
  listAnnouncements(query: ListAnnouncementsQuery = {}, options: CallOptions = {}): Promise<AnnouncementPage> {
    return this.send({ method: "GET", path: `/v1/announcements`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listAnnouncements`. Fetches pages on demand. */
  iterateAnnouncements(query: ListAnnouncementsQuery = {}, options: CallOptions = {}): AsyncGenerator<Announcement, void, undefined> {
    return itemsOf((page) => this.listAnnouncements({ ...query, ...page }, options));
  }

  /** Publishes an announcement to all agents, or to agents with a skill. Agents who are offline read it later. Requires the permission `announcements:write`. */
  publishAnnouncement(body: AnnouncementInput, options: CallOptions = {}): Promise<Announcement> {
    return this.send({ method: "POST", path: `/v1/announcements`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists the organization’s keys, including revoked ones, newest first. Requires the permission `api-keys:read`. */
  listApiKeys(query: ListApiKeysQuery = {}, options: CallOptions = {}): Promise<ApiKeyPage> {
    return this.send({ method: "GET", path: `/v1/api-keys`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listApiKeys`. Fetches pages on demand. */
  iterateApiKeys(query: ListApiKeysQuery = {}, options: CallOptions = {}): AsyncGenerator<ApiKey, void, undefined> {
    return itemsOf((page) => this.listApiKeys({ ...query, ...page }, options));
  }

  /** Creates an API key for a system of the organization. The key is shown only once. Requires the permission `api-keys:write`. */
  createApiKey(body: ApiKeyInput, options: CallOptions = {}): Promise<IssuedApiKeyReply> {
    return this.send({ method: "POST", path: `/v1/api-keys`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns a key, without its secret. Requires the permission `api-keys:read`. */
  getApiKey(keyId: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.send({ method: "GET", path: `/v1/api-keys/${encodeURIComponent(keyId)}`, keyed: false, answer: "json" }, options);
  }

  /** Revokes a key. It stops working immediately, on every gateway. Requires the permission `api-keys:write`. */
  revokeApiKey(keyId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/api-keys/${encodeURIComponent(keyId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Gives a key a new secret, which is shown only once. The previous secret stays valid for the overlap. Requires the permission `api-keys:write`. */
  rotateApiKey(keyId: string, body: Rotation, options: CallOptions = {}): Promise<IssuedApiKeyReply> {
    return this.send({ method: "POST", path: `/v1/api-keys/${encodeURIComponent(keyId)}/rotation`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists the changes made in the organization, newest first. Requires the permission `audit:read`. */
  listAuditLog(query: ListAuditLogQuery = {}, options: CallOptions = {}): Promise<AuditPage> {
    return this.send({ method: "GET", path: `/v1/audit-log`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listAuditLog`. Fetches pages on demand. */
  iterateAuditLog(query: ListAuditLogQuery = {}, options: CallOptions = {}): AsyncGenerator<AuditEntry, void, undefined> {
    return itemsOf((page) => this.listAuditLog({ ...query, ...page }, options));
  }

  /** Signs a user in. The response holds a short-lived access token and a refresh token. Requires no permission. */
  login(body: Credentials, options: CallOptions = {}): Promise<TokensAndUser> {
    return this.send({ method: "POST", path: `/v1/auth/login`, body, keyed: false, answer: "json" }, options);
  }

  /** Ends the session of a refresh token. An invalid token changes nothing. Requires no permission. */
  logout(body: RefreshTokenInput, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "POST", path: `/v1/auth/logout`, body, keyed: false, answer: "nothing" }, options);
  }

  /** Returns the identity and the permissions of the credential. Requires the permission `self:read`. */
  getSelf(options: CallOptions = {}): Promise<Self> {
    return this.send({ method: "GET", path: `/v1/auth/me`, keyed: false, answer: "json" }, options);
  }

  /** Changes the password. All other sessions of the user end. Requires the permission `sessions:own`. */
  changePassword(body: PasswordChange, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "POST", path: `/v1/auth/password`, body, keyed: false, answer: "nothing" }, options);
  }

  /** Exchanges a refresh token for new tokens. Requires no permission. */
  refreshSession(body: RefreshTokenInput, options: CallOptions = {}): Promise<Tokens> {
    return this.send({ method: "POST", path: `/v1/auth/refresh`, body, keyed: false, answer: "json" }, options);
  }

  /** Lists the user’s sessions, newest first. Requires the permission `sessions:own`. */
  listOwnSessions(query: ListOwnSessionsQuery = {}, options: CallOptions = {}): Promise<SessionPage> {
    return this.send({ method: "GET", path: `/v1/auth/sessions`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listOwnSessions`. Fetches pages on demand. */
  iterateOwnSessions(query: ListOwnSessionsQuery = {}, options: CallOptions = {}): AsyncGenerator<Session, void, undefined> {
    return itemsOf((page) => this.listOwnSessions({ ...query, ...page }, options));
  }

  /** Revokes all sessions of the user except the current one. Requires the permission `sessions:own`. */
  revokeOwnOtherSessions(options: CallOptions = {}): Promise<RevokedSessions> {
    return this.send({ method: "DELETE", path: `/v1/auth/sessions`, keyed: false, answer: "json" }, options);
  }

  /** Revokes one of the user’s sessions, which may be the current one. Requires the permission `sessions:own`. */
  revokeOwnSession(sessionId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/auth/sessions/${encodeURIComponent(sessionId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Lists attempts to reach customers, most recently requested first. Requires the permission `calls:read`. */
  listCalls(query: ListCallsQuery = {}, options: CallOptions = {}): Promise<CallPage> {
    return this.send({ method: "GET", path: `/v1/calls`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listCalls`. Fetches pages on demand. */
  iterateCalls(query: ListCallsQuery = {}, options: CallOptions = {}): AsyncGenerator<Call, void, undefined> {
    return itemsOf((page) => this.listCalls({ ...query, ...page }, options));
  }

  /** Returns an attempt with its whole conversation. Access codes are masked. Requires the permission `calls:read`. */
  getCall(attemptId: string, options: CallOptions = {}): Promise<CallDetails> {
    return this.send({ method: "GET", path: `/v1/calls/${encodeURIComponent(attemptId)}`, keyed: false, answer: "json" }, options);
  }

  /** Cancels an attempt before it is answered. Requires the permission `calls:write`. */
  cancelCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/cancellation`, keyed: true, answer: "json" }, options);
  }

  /** Hangs up a call with a customer on the line. Requires the permission `calls:write`. */
  endCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/end`, keyed: true, answer: "json" }, options);
  }

  /** Connects the customer on the line with the organization’s dispatcher. Requires the permission `calls:write`. */
  takeOverCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/takeover`, keyed: true, answer: "json" }, options);
  }

  /** Lists customers, newest first, or by name if `namePrefix` is given. Requires the permission `customers:read`. */
  listCustomers(query: ListCustomersQuery = {}, options: CallOptions = {}): Promise<CustomerPage> {
    return this.send({ method: "GET", path: `/v1/customers`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listCustomers`. Fetches pages on demand. */
  iterateCustomers(query: ListCustomersQuery = {}, options: CallOptions = {}): AsyncGenerator<Customer, void, undefined> {
    return itemsOf((page) => this.listCustomers({ ...query, ...page }, options));
  }

  /** Creates a customer, or updates the customer with this phone number. Requires the permission `customers:write`. */
  putCustomer(body: CustomerInput, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "POST", path: `/v1/customers`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns a customer. Requires the permission `customers:read`. */
  getCustomer(customerId: string, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes a customer. The change applies to planned calls at once. Requires the permission `customers:write`. */
  updateCustomer(customerId: string, body: CustomerChanges, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "PATCH", path: `/v1/customers/${encodeURIComponent(customerId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns when the customer may be called, the best time and why, and how many calls are left today. Requires the permission `routing:read`. */
  getCallTiming(customerId: string, query: GetCallTimingQuery = {}, options: CallOptions = {}): Promise<CallTiming> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/call-timing`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Returns the legal basis for calling the customer, with its history. Requires the permission `customers:read`. */
  getCustomerConsent(customerId: string, options: CallOptions = {}): Promise<Consent> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/consent`, keyed: false, answer: "json" }, options);
  }

  /** Records that the customer gives or withdraws consent to calls. It applies to planned calls at once. Requires the permission `customers:write`. */
  putCustomerConsent(customerId: string, body: ConsentInput, options: CallOptions = {}): Promise<Consent> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/consent`, body, keyed: false, answer: "json" }, options);
  }

  /** Opts a customer out of all calls and messages immediately, or in again with new consent. Requires the permission `customers:write`. */
  putDoNotCall(customerId: string, body: DoNotCallInput, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/do-not-call`, body, keyed: false, answer: "json" }, options);
  }

  /** Erases a customer: in routing immediately, in the other apps as they report to the receipt. Requires the permission `customers:erase`. */
  eraseCustomer(customerId: string, options: CallOptions = {}): Promise<Erasure> {
    return this.send({ method: "POST", path: `/v1/customers/${encodeURIComponent(customerId)}/erasure`, keyed: true, answer: "json" }, options);
  }

  /** Returns the progress of an erasure, by app. Requires the permission `customers:erase`. */
  getErasure(customerId: string, erasureId: string, options: CallOptions = {}): Promise<Erasure> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/erasures/${encodeURIComponent(erasureId)}`, keyed: false, answer: "json" }, options);
  }

  /** Exports all data that the apps hold about a customer, as one document. Requires the permission `customers:export`. */
  exportCustomer(customerId: string, options: CallOptions = {}): Promise<CustomerExport> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/export`, keyed: false, answer: "json" }, options);
  }

  /** Returns the customer’s preferences, and whether each was stated or learned. Requires the permission `customers:read`. */
  getCustomerPreferences(customerId: string, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences`, keyed: false, answer: "json" }, options);
  }

  /** Sets the customer’s stated preferences. Requires the permission `customers:write`. */
  putCustomerPreferences(customerId: string, body: PreferencesInput, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences`, body, keyed: false, answer: "json" }, options);
  }

  /** Deletes a preference, both its stated and its learned value. Requires the permission `customers:write`. */
  deleteCustomerPreference(customerId: string, field: string, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "DELETE", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences/${encodeURIComponent(field)}`, keyed: false, answer: "json" }, options);
  }

  /** Lists deliveries. Requires the permission `deliveries:read`. */
  listDeliveries(query: ListDeliveriesQuery = {}, options: CallOptions = {}): Promise<DeliveryPage> {
    return this.send({ method: "GET", path: `/v1/deliveries`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listDeliveries`. Fetches pages on demand. */
  iterateDeliveries(query: ListDeliveriesQuery = {}, options: CallOptions = {}): AsyncGenerator<Delivery, void, undefined> {
    return itemsOf((page) => this.listDeliveries({ ...query, ...page }, options));
  }

  /** Creates a delivery and plans the call to its customer. Requires the permission `deliveries:write`. */
  createDelivery(body: DeliveryInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns a delivery. Requires the permission `deliveries:read`. */
  getDelivery(deliveryId: string, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "GET", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}`, keyed: false, answer: "json" }, options);
  }

  /** Corrects a delivery. Fields that are left out stay unchanged. Requires the permission `deliveries:write`. */
  updateDelivery(deliveryId: string, body: DeliveryChanges, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "PATCH", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Calls the customer now instead of at the planned time. Requires the permission `calls:write`. */
  startCall(deliveryId: string, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/calls`, keyed: true, answer: "json" }, options);
  }

  /** Cancels a delivery. Requires the permission `deliveries:write`. */
  cancelDelivery(deliveryId: string, body: CancellationInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/cancellation`, body, keyed: true, answer: "json" }, options);
  }

  /** Assigns a delivery to a given agent, or unassigns it. Requires the permission `deliveries:dispatch`. */
  reassignDelivery(deliveryId: string, body: ReassignmentInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/reassignment`, body, keyed: true, answer: "json" }, options);
  }

  /** Moves a delivery to another window and replans it. Requires the permission `deliveries:write`. */
  rescheduleDelivery(deliveryId: string, body: ReschedulingInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/rescheduling`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns the delivery’s history, one readable line per event. Requires the permission `deliveries:read`. */
  getDeliveryTimeline(deliveryId: string, options: CallOptions = {}): Promise<Timeline> {
    return this.send({ method: "GET", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/timeline`, keyed: false, answer: "json" }, options);
  }

  /** Imports up to 10,000 deliveries; each row has its own result. Requires the permission `deliveries:write`. */
  createDeliveryImport(body: readonly unknown[] | TextBody, options: CallOptions = {}): Promise<DeliveryImport> {
    return this.send({ method: "POST", path: `/v1/delivery-imports`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns the progress of an import. Requires the permission `deliveries:read`. */
  getDeliveryImport(importId: string, options: CallOptions = {}): Promise<DeliveryImport> {
    return this.send({ method: "GET", path: `/v1/delivery-imports/${encodeURIComponent(importId)}`, keyed: false, answer: "json" }, options);
  }

  /** Lists the results of an import’s rows, in the order they were sent. Requires the permission `deliveries:read`. */
  listDeliveryImportRows(importId: string, query: ListDeliveryImportRowsQuery = {}, options: CallOptions = {}): Promise<DeliveryImportRowPage> {
    return this.send({ method: "GET", path: `/v1/delivery-imports/${encodeURIComponent(importId)}/rows`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listDeliveryImportRows`. Fetches pages on demand. */
  iterateDeliveryImportRows(importId: string, query: ListDeliveryImportRowsQuery = {}, options: CallOptions = {}): AsyncGenerator<DeliveryImportRow, void, undefined> {
    return itemsOf((page) => this.listDeliveryImportRows(importId, { ...query, ...page }, options));
  }

  /** Lists invitations in all states, newest first. Requires the permission `users:read`. */
  listInvitations(query: ListInvitationsQuery = {}, options: CallOptions = {}): Promise<InvitationPage> {
    return this.send({ method: "GET", path: `/v1/invitations`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listInvitations`. Fetches pages on demand. */
  iterateInvitations(query: ListInvitationsQuery = {}, options: CallOptions = {}): AsyncGenerator<Invitation, void, undefined> {
    return itemsOf((page) => this.listInvitations({ ...query, ...page }, options));
  }

  /** Invites a person. The response holds a single-use token, valid for seven days and shown only once. Requires the permission `users:write`. */
  createInvitation(body: InvitationInput, options: CallOptions = {}): Promise<IssuedInvitation> {
    return this.send({ method: "POST", path: `/v1/invitations`, body, keyed: true, answer: "json" }, options);
  }

  /** Creates a user with their own password from an invitation’s token. Requires no permission. */
  acceptInvitation(body: Acceptance, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "POST", path: `/v1/invitations/accept`, body, keyed: false, answer: "json" }, options);
  }

  /** Withdraws an open invitation, so that it can no longer be accepted. Others stay unchanged. Requires the permission `users:write`. */
  withdrawInvitation(invitationId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/invitations/${encodeURIComponent(invitationId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Lists announcements that the agent has not confirmed, or those after a sequence, oldest first. Requires the permission `inbox:own`. */
  listOwnAnnouncements(query: ListOwnAnnouncementsQuery = {}, options: CallOptions = {}): Promise<AgentAnnouncements> {
    return this.send({ method: "GET", path: `/v1/me/announcements`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Confirms that the agent has read everything up to a sequence. The cursor never moves back. Requires the permission `inbox:own`. */
  confirmOwnAnnouncements(body: ReadUpTo, options: CallOptions = {}): Promise<AnnouncementsReadPayload> {
    return this.send({ method: "PUT", path: `/v1/me/announcements/cursor`, body, keyed: false, answer: "json" }, options);
  }

  /** Reports that the agent takes a break, is ill, or is available again. Requires the permission `work:own`. */
  updateOwnAvailability(body: AvailabilityInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/me/availability`, body, keyed: false, answer: "json" }, options);
  }

  /** Lists the agent’s deliveries of a day, in the order of stops. Requires the permission `work:own`. */
  getOwnDay(query: GetOwnDayQuery = {}, options: CallOptions = {}): Promise<OwnDay> {
    return this.send({ method: "GET", path: `/v1/me/day`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Declines an assigned delivery. It is assigned to another agent and never offered to this one again. Requires the permission `work:own`. */
  declineOwnDelivery(deliveryId: string, body: DeclineInput, options: CallOptions = {}): Promise<DeclinedDelivery> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/decline`, body, keyed: true, answer: "json" }, options);
  }

  /** Reports a problem. Dispatchers see it immediately. Requires the permission `work:own`. */
  reportOwnProblem(deliveryId: string, body: ProblemReportInput, options: CallOptions = {}): Promise<ReportedProblem> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/problems`, body, keyed: true, answer: "json" }, options);
  }

  /** Reports that the agent is out for delivery, has delivered, or could not deliver. Requires the permission `work:own`. */
  reportOwnDeliveryStatus(deliveryId: string, body: StatusReportInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/status`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists the agent’s devices, newest first; at most 200. Requires the permission `devices:own`. */
  listOwnDevices(options: CallOptions = {}): Promise<DeviceList> {
    return this.send({ method: "GET", path: `/v1/me/devices`, keyed: false, answer: "json" }, options);
  }

  /** Removes a device. It receives no more push notifications. Requires the permission `devices:own`. */
  removeOwnDevice(deviceId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/me/devices/${encodeURIComponent(deviceId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Lists the signed-in agent’s messages after a sequence, oldest first. Requires the permission `inbox:own`. */
  listOwnInbox(query: ListOwnInboxQuery = {}, options: CallOptions = {}): Promise<InboxPage> {
    return this.send({ method: "GET", path: `/v1/me/inbox`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Records that the agent has read the message. Requires the permission `inbox:own`. */
  acknowledgeMessage(messageId: string, options: CallOptions = {}): Promise<InboxMessage> {
    return this.send({ method: "POST", path: `/v1/me/inbox/${encodeURIComponent(messageId)}/acknowledgement`, keyed: true, answer: "json" }, options);
  }

  /** Records that the agent has listened to the recording that the message refers to. Requires the permission `inbox:own`. */
  reportMessageListened(messageId: string, options: CallOptions = {}): Promise<InboxMessage> {
    return this.send({ method: "POST", path: `/v1/me/inbox/${encodeURIComponent(messageId)}/listening`, keyed: true, answer: "json" }, options);
  }

  /** Reports the agent’s position. A position older than the stored one is ignored. Requires the permission `work:own`. */
  updateOwnLocation(body: AgentLocationInput, options: CallOptions = {}): Promise<AgentLocation> {
    return this.send({ method: "PUT", path: `/v1/me/location`, body, keyed: false, answer: "json" }, options);
  }

  /** Registers a device of the agent for push notifications. Requires the permission `devices:own`. */
  registerPushSubscription(body: OwnPushSubscription, options: CallOptions = {}): Promise<PushSubscription> {
    return this.send({ method: "POST", path: `/v1/me/push-subscriptions`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists all organizations of this installation, newest first. Requires the permission `organizations:operate`. */
  listOrganizations(query: ListOrganizationsQuery = {}, options: CallOptions = {}): Promise<OrganizationPage> {
    return this.send({ method: "GET", path: `/v1/organizations`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listOrganizations`. Fetches pages on demand. */
  iterateOrganizations(query: ListOrganizationsQuery = {}, options: CallOptions = {}): AsyncGenerator<Organization, void, undefined> {
    return itemsOf((page) => this.listOrganizations({ ...query, ...page }, options));
  }

  /** Creates an organization. The response holds its administrator’s API key, which is shown only once. Requires the permission `organizations:operate`. */
  createOrganization(body: OrganizationInput, options: CallOptions = {}): Promise<AdmittedOrganization> {
    return this.send({ method: "POST", path: `/v1/organizations`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns the caller’s organization, with its settings. Requires the permission `organization:read`. */
  getOrganization(organizationId: string, options: CallOptions = {}): Promise<Organization> {
    return this.send({ method: "GET", path: `/v1/organizations/${encodeURIComponent(organizationId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes the caller’s organization: its profile, calling hours and features. Requires the permission `organization:write`. */
  updateOrganization(organizationId: string, body: OrganizationChanges, options: CallOptions = {}): Promise<Organization> {
    return this.send({ method: "PATCH", path: `/v1/organizations/${encodeURIComponent(organizationId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists recordings with their metadata, newest first. Requires the permission `recordings:read`. */
  listRecordings(query: ListRecordingsQuery = {}, options: CallOptions = {}): Promise<RecordingPage> {
    return this.send({ method: "GET", path: `/v1/recordings`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listRecordings`. Fetches pages on demand. */
  iterateRecordings(query: ListRecordingsQuery = {}, options: CallOptions = {}): AsyncGenerator<Recording, void, undefined> {
    return itemsOf((page) => this.listRecordings({ ...query, ...page }, options));
  }

  /** Returns the metadata of a recording. Requires the permission `recordings:read`. */
  getRecording(recordingId: string, options: CallOptions = {}): Promise<Recording> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}`, keyed: false, answer: "json" }, options);
  }

  /** Redirects to a short-lived link to the audio, which supports range requests. Requires the permission `recordings:listen`. */
  listenToRecording(recordingId: string, options: CallOptions = {}): Promise<string> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}/audio`, keyed: false, answer: "location" }, options);
  }

  /** Creates a link to the audio. It needs no credential, supports range requests, and expires within minutes. Requires the permission `recordings:listen`. */
  createAudioLink(recordingId: string, options: CallOptions = {}): Promise<RecordingLink> {
    return this.send({ method: "POST", path: `/v1/recordings/${encodeURIComponent(recordingId)}/audio-links`, keyed: false, answer: "json" }, options);
  }

  /** Corrects or confirms the instructions understood from a recording. Requires the permission `instructions:write`. */
  correctInstructions(recordingId: string, body: Correction, options: CallOptions = {}): Promise<Transcript> {
    return this.send({ method: "POST", path: `/v1/recordings/${encodeURIComponent(recordingId)}/corrections`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns the transcript of a recording and the instructions understood from it. Requires the permission `recordings:listen`. */
  getTranscript(recordingId: string, options: CallOptions = {}): Promise<Transcript> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}/transcript`, keyed: false, answer: "json" }, options);
  }

  /** Lists recordings that need a review, longest waiting first. Requires the permission `recordings:read`. */
  listReviews(query: ListReviewsQuery = {}, options: CallOptions = {}): Promise<TranscriptPage> {
    return this.send({ method: "GET", path: `/v1/reviews`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listReviews`. Fetches pages on demand. */
  iterateReviews(query: ListReviewsQuery = {}, options: CallOptions = {}): AsyncGenerator<Transcript, void, undefined> {
    return itemsOf((page) => this.listReviews({ ...query, ...page }, options));
  }

  /** Exports confirmed and corrected instructions as lines of an evaluation set. Requires the permission `recordings:read`. */
  exportExamples(options: CallOptions = {}): Promise<string> {
    return this.send({ method: "GET", path: `/v1/reviews/examples`, keyed: false, answer: "text" }, options);
  }

  /** Applies a previewed plan exactly as it was shown, or not at all. Requires the permission `routing:write`. */
  commitAssignment(body: CommitAssignmentInput, options: CallOptions = {}): Promise<AssignmentPreview> {
    return this.send({ method: "POST", path: `/v1/routing/commits`, body, keyed: true, answer: "json" }, options);
  }

  /** Previews who would be assigned the waiting deliveries, with costs, runners-up and binding constraints. Requires the permission `routing:read`. */
  previewAssignment(body: PlanningScope, options: CallOptions = {}): Promise<AssignmentPreview> {
    return this.send({ method: "POST", path: `/v1/routing/previews`, body, keyed: true, answer: "json" }, options);
  }

  /** Searches recordings by what customers said and the instructions understood from it, best match first. Requires the permission `search:read`. */
  search(query: SearchQuery, options: CallOptions = {}): Promise<SearchPage> {
    return this.send({ method: "GET", path: `/v1/search`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `search`. Fetches pages on demand. */
  iterateSearch(query: SearchQuery, options: CallOptions = {}): AsyncGenerator<SearchHit, void, undefined> {
    return itemsOf((page) => this.search({ ...query, ...page }, options));
  }

  /** Lists the organization’s users, newest first. Requires the permission `users:read`. */
  listUsers(query: ListUsersQuery = {}, options: CallOptions = {}): Promise<UserPage> {
    return this.send({ method: "GET", path: `/v1/users`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listUsers`. Fetches pages on demand. */
  iterateUsers(query: ListUsersQuery = {}, options: CallOptions = {}): AsyncGenerator<User, void, undefined> {
    return itemsOf((page) => this.listUsers({ ...query, ...page }, options));
  }

  /** Returns a user. Requires the permission `users:read`. */
  getUser(userId: string, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "GET", path: `/v1/users/${encodeURIComponent(userId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes a user’s name, role, agent or active state. Requires the permission `users:write`. */
  updateUser(userId: string, body: UserChanges, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "PATCH", path: `/v1/users/${encodeURIComponent(userId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Lists a user’s sessions, newest first. Requires the permission `users:write`. */
  listUserSessions(userId: string, query: ListUserSessionsQuery = {}, options: CallOptions = {}): Promise<SessionPage> {
    return this.send({ method: "GET", path: `/v1/users/${encodeURIComponent(userId)}/sessions`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listUserSessions`. Fetches pages on demand. */
  iterateUserSessions(userId: string, query: ListUserSessionsQuery = {}, options: CallOptions = {}): AsyncGenerator<Session, void, undefined> {
    return itemsOf((page) => this.listUserSessions(userId, { ...query, ...page }, options));
  }

  /** Revokes all sessions of a user. Requires the permission `users:write`. */
  revokeUserSessions(userId: string, options: CallOptions = {}): Promise<RevokedSessions> {
    return this.send({ method: "DELETE", path: `/v1/users/${encodeURIComponent(userId)}/sessions`, keyed: false, answer: "json" }, options);
  }

  /** Lists the organization’s webhook endpoints, newest first. Requires the permission `webhook-endpoints:read`. */
  listWebhookEndpoints(query: ListWebhookEndpointsQuery = {}, options: CallOptions = {}): Promise<WebhookEndpointPage> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listWebhookEndpoints`. Fetches pages on demand. */
  iterateWebhookEndpoints(query: ListWebhookEndpointsQuery = {}, options: CallOptions = {}): AsyncGenerator<WebhookEndpoint, void, undefined> {
    return itemsOf((page) => this.listWebhookEndpoints({ ...query, ...page }, options));
  }

  /** Creates a webhook endpoint. The response holds the signing secret (Standard Webhooks). Requires the permission `webhook-endpoints:write`. */
  createWebhookEndpoint(body: WebhookEndpointInput, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints`, body, keyed: true, answer: "json" }, options);
  }

  /** Returns a webhook endpoint. Requires the permission `webhook-endpoints:read`. */
  getWebhookEndpoint(endpointId: string, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes the URL, the event types or the state of a webhook endpoint. Requires the permission `webhook-endpoints:write`. */
  updateWebhookEndpoint(endpointId: string, body: WebhookEndpointChanges, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.send({ method: "PATCH", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Deletes a webhook endpoint. Nothing more is sent to it. Requires the permission `webhook-endpoints:write`. */
  deleteWebhookEndpoint(endpointId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Lists the webhook deliveries of an endpoint with their results, newest first. Requires the permission `webhook-endpoints:read`. */
  listWebhookDeliveries(endpointId: string, query: ListWebhookDeliveriesQuery = {}, options: CallOptions = {}): Promise<WebhookDeliveryPage> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** Iterates over all items of `listWebhookDeliveries`. Fetches pages on demand. */
  iterateWebhookDeliveries(endpointId: string, query: ListWebhookDeliveriesQuery = {}, options: CallOptions = {}): AsyncGenerator<WebhookDelivery, void, undefined> {
    return itemsOf((page) => this.listWebhookDeliveries(endpointId, { ...query, ...page }, options));
  }

  /** Sends a completed webhook delivery again, with the same id and body and a new signature. Requires the permission `webhook-endpoints:write`. */
  replayWebhookDelivery(endpointId: string, webhookId: string, options: CallOptions = {}): Promise<WebhookDelivery> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries/${encodeURIComponent(webhookId)}/replay`, keyed: true, answer: "json" }, options);
  }

  /** Creates a new signing secret. The previous secret also signs for an overlap period. Requires the permission `webhook-endpoints:write`. */
  rotateWebhookSecret(endpointId: string, body: WebhookSecretRotation, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/secret-rotation`, body, keyed: true, answer: "json" }, options);
  }
}
