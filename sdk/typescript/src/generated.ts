// Generated from the OpenAPI document of DelAuto API 1.0.0: do not edit, run "npm run reference".

import { HttpClient, itemsOf, type CallOptions, type TextBody } from './http-client.js';

export interface Acceptance {
  readonly token: string;
  /** Required when the invitation names nobody. */
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
  /** What is done about a customer who hangs up during the first words of a call, before they answered anything. `another_day`: one more call, on another day at the earliest; where no lawful hour of another day is left before `decideBy`, none. `later_once`: one more call, four hours later at the earliest, on the same day too. `text`: no further call; the customer is asked by text if `features.smsFallback` is on. `no_more_calls`: no further call, and no text that asks. After a hang-up one more call rings at most for the delivery, whatever comes of it; it counts toward all caps. Where none follows, the customer is asked by text as one whom no call reached, except with `no_more_calls`. Counts from the next planning of a call; a dispatcher may still start one. */
  readonly afterEarlyHangUp?: "another_day" | "later_once" | "text" | "no_more_calls";
  readonly recordingRetentionDays: number;
  readonly features: OrganizationFeatures;
  readonly createdAt: string;
  readonly revision: number;
  readonly keyId: string;
  /** The administrator’s key, shown this once. */
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
  /** What a delivery can require as `vehicle:van`. */
  readonly vehicle?: string;
  /** Where they deliver, corner by corner; everywhere unless given. */
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
  /** Ask on after this one: everything up to it was considered. */
  readonly upTo: number;
  /** The agent has confirmed everything up to this one. */
  readonly readUpTo: number;
  /** Whose announcements the agent is told, beside those for all. */
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
  /** What a delivery can require as `vehicle:van`. */
  readonly vehicle?: string;
  /** Where they deliver, corner by corner; everywhere unless given. */
  readonly area?: readonly AreaCorner[];
}

export interface AgentFigures {
  readonly agentId: string;
  /** Absent while nothing was heard of who they are. */
  readonly name?: string;
  /** Deliveries given to them for the first time in the span. */
  readonly assigned: number;
  /** Of those, how many they acknowledged, whenever that was. */
  readonly acknowledged: number;
  /** Of those, how many they handed over, whenever that was. */
  readonly delivered: number;
  /** Median ms from message to acknowledgement, of their messages acknowledged in the span; absent of none. */
  readonly medianAcknowledgeMs?: number;
  /** Of how many messages that is the median. */
  readonly acknowledgedMessages: number;
}

export interface AgentFiguresReply {
  readonly from: string;
  readonly to: string;
  /** Who was given most first; at most 1,000. */
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
  /** What a delivery can require as `vehicle:van`. */
  readonly vehicle?: string;
  /** Where they deliver, corner by corner; everywhere unless given. */
  readonly area?: readonly AreaCorner[];
}

export interface AgentLocation {
  readonly position: Position;
  readonly at: string;
  readonly accuracyM?: number;
}

export interface AgentLocationInput {
  readonly position: Position;
  /** When the position was taken; by default now. An older one is ignored. */
  readonly at?: string;
  /** Radius of uncertainty in metres. */
  readonly accuracyM?: number;
}

export interface AgentPage {
  readonly items: readonly Agent[];
  readonly nextCursor?: string;
}

export interface AgentPerformance {
  readonly agentId: string;
  /** Delivered within the promised window. */
  readonly onTime: MeasuredShare;
  /** Delivered when it was tried for the first time. */
  readonly firstAttempt: MeasuredShare;
  /** Left where the customer wanted it, of what was left anywhere and had a place promised. */
  readonly asInstructed: MeasuredShare;
  /** Heard the customer’s own words before the hand-over, of deliveries that had any. */
  readonly listened: MeasuredShare;
  /** Of how many the median is. */
  readonly acknowledgements: number;
  /** From being given a delivery to acknowledging it, of the last 50; absent of none. */
  readonly medianAcknowledgeSeconds?: number;
  /** The share that planning reckons with: of somebody new what is usual in the organisation. */
  readonly expectedFailures: number;
}

export interface AgentShifts {
  /** Apart from each other. */
  readonly shifts: readonly TimeWindow[];
  readonly breaks?: readonly TimeWindow[];
}

export interface AgentToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface Announcement {
  readonly text: string;
  /** Only agents with this skill are told; absent, all are. */
  readonly skill?: string;
  readonly announcementId: string;
  readonly sequence: number;
  readonly createdAt: string;
}

export interface AnnouncementInput {
  readonly text: string;
  /** Only agents with this skill are told; absent, all are. */
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
  /** To a minute. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  /** Until then the secret before the last rotation is good, too. */
  readonly previousValidUntil?: string;
}

export interface ApiKeyInput {
  readonly label: string;
  /** What it may do. */
  readonly scopes?: readonly ("self:read" | "organization:read" | "organization:write" | "users:read" | "users:write" | "api-keys:read" | "api-keys:write" | "audit:read" | "deliveries:read" | "deliveries:write" | "deliveries:dispatch" | "customers:read" | "customers:write" | "customers:export" | "customers:erase" | "agents:read" | "agents:write" | "agent-tokens:create" | "calls:read" | "calls:write" | "recordings:read" | "recordings:listen" | "instructions:write" | "search:read" | "routing:read" | "routing:write" | "analytics:read" | "webhook-endpoints:read" | "webhook-endpoints:write" | "announcements:write" | "live:watch")[];
  /** Instead of scopes: all that this role may do today. */
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
  /** Events committed and not published yet, up to 10,000. */
  readonly outboxPending?: number;
}

export interface AreaCorner {
  readonly position: Position;
}

export interface AssignmentPreview {
  /** Names exactly this plan: it is the same as long as the same deliveries go to the same agents. */
  readonly planId: string;
  /** Commits of plans so far. */
  readonly boardVersion: number;
  readonly plannedAt: string;
  readonly assignments: readonly PlannedAssignment[];
  readonly unassigned: readonly LeftUnassigned[];
  /** Of the whole plan in seconds, with the price of what stays unassigned. */
  readonly cost: number;
  /** No plan costs less; the cost itself unless weight, volume or minutes bind. */
  readonly bound?: number;
  /** More would change than is shown. */
  readonly more: boolean;
}

export interface AssignmentReason {
  readonly explanation: string;
  readonly cost: number;
  readonly runnerUpAgentId?: string;
  readonly runnerUpCost?: number;
  /** Working minutes it takes: the way and the hand-over. */
  readonly minutes?: number;
}

export interface AssignmentTerms {
  /** On the way there. */
  readonly travel: number;
  /** Instructions harder than the agent is experienced. */
  readonly experience: number;
  /** What the agent has already. */
  readonly balance: number;
  /** Arriving after the window. */
  readonly lateness: number;
  /** Others know the customer, the agent does not. */
  readonly history: number;
  /** How often deliveries of the agent go wrong. */
  readonly reliability: number;
  /** Another agent has it already. */
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
  /** `unavailable` is a sick call: what was not acknowledged goes to others. */
  readonly state: "available" | "on_break" | "unavailable";
  /** When they are available again by themselves; absent: until they say so. */
  readonly until?: string;
  readonly since: string;
}

export interface AvailabilityInput {
  /** `unavailable` is a sick call: what was not acknowledged goes to others. */
  readonly state: "available" | "on_break" | "unavailable";
  /** When they are available again by themselves; absent: until they say so. */
  readonly until?: string;
}

export interface CacheReport {
  /** Served from Redis. */
  readonly hits: number;
  /** Served by the answer another request was already fetching. */
  readonly shared: number;
  /** Served by the owner, and then cached. */
  readonly misses: number;
  /** Served by the owner, because the cache could not be asked. */
  readonly bypassed: number;
  /** `hits` and `shared` of all reads that may be cached; absent before the first. */
  readonly hitRate?: number;
  /** While Redis is away every read goes to its owner. */
  readonly redis: "up" | "away";
  readonly at: string;
}

export interface Call {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly customerId: string;
  /** The how-manieth attempt for its delivery. */
  readonly attempt: number;
  readonly state: "requested" | "dialing" | "unknown" | "placed" | "ringing" | "in_progress" | "completed" | "refused";
  /** Set once it is completed. */
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly refusal?: CallRefusal;
  readonly requestedAt: string;
  readonly dialedAt?: string;
  readonly ringingAt?: string;
  readonly answeredAt?: string;
  /** When the attempt was closed. */
  readonly endedAt?: string;
  /** Somebody asked for its end before it was answered. */
  readonly cancelRequestedAt?: string;
  /** Seconds from answer to hang-up. */
  readonly durationSeconds?: number;
  readonly recordingId?: string;
  /** The carrier’s id, for its support. */
  readonly carrierCallId?: string;
  /** The carrier’s own code of a failure. */
  readonly carrierErrorCode?: string;
  readonly revision: number;
}

export interface CallDetails {
  readonly attemptId: string;
  readonly deliveryId: string;
  readonly customerId: string;
  /** The how-manieth attempt for its delivery. */
  readonly attempt: number;
  readonly state: "requested" | "dialing" | "unknown" | "placed" | "ringing" | "in_progress" | "completed" | "refused";
  /** Set once it is completed. */
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly refusal?: CallRefusal;
  readonly requestedAt: string;
  readonly dialedAt?: string;
  readonly ringingAt?: string;
  readonly answeredAt?: string;
  /** When the attempt was closed. */
  readonly endedAt?: string;
  /** Somebody asked for its end before it was answered. */
  readonly cancelRequestedAt?: string;
  /** Seconds from answer to hang-up. */
  readonly durationSeconds?: number;
  readonly recordingId?: string;
  /** The carrier’s id, for its support. */
  readonly carrierCallId?: string;
  /** The carrier’s own code of a failure. */
  readonly carrierErrorCode?: string;
  readonly revision: number;
  readonly turns: readonly ConversationTurn[];
  readonly decisions: readonly ConversationDecision[];
  readonly instructions?: Instructions;
}

export interface CallFiguresBucket {
  /** Attempts that ended. */
  readonly ended: number;
  /** By how they ended, the most frequent first. */
  readonly outcomes: readonly OutcomeCount[];
  /** Attempts at which a phone rang: the n of the contact rate. */
  readonly rung: number;
  /** Attempts at which a person spoke with us, also one who hung up half-way; not one who hung up during the first words. */
  readonly reached: number;
  /** `reached` of `rung`; absent while nothing rang. */
  readonly contactRate?: number;
  /** When the hour or day begins. */
  readonly start: string;
}

export interface CallFiguresReply {
  readonly from: string;
  readonly to: string;
  readonly by: "hour" | "day";
  readonly zone: string;
  /** Oldest first; hours and days in which no attempt ended are left out. */
  readonly items: readonly CallFiguresBucket[];
}

export interface CallPage {
  readonly items: readonly Call[];
  readonly nextCursor?: string;
}

export interface CallRefusal {
  /** The rule that forbids it, e.g. `outside_hours`. */
  readonly rule: string;
  readonly detail: string;
  readonly nextAllowedAt?: string;
}

export interface CallTiming {
  readonly customerId: string;
  readonly doNotCall: boolean;
  readonly rulesVersion: string;
  readonly zones: readonly string[];
  /** When ringing is lawful, from now to the deadline. */
  readonly lawfulWindows: readonly TimeWindow[];
  readonly deadline: string;
  /** Absent when they may not be called before the deadline. */
  readonly recommendedAt?: string;
  /** Of reaching them then, where earlier calls say. */
  readonly chance?: number;
  /** Why then, or the rule by which not. */
  readonly reason: string;
  /** Calls left on this calling day, over all deliveries. */
  readonly callsLeftToday: number;
  /** Calls allowed for one delivery. */
  readonly callsPerDelivery: number;
}

export interface Cancellation {
  readonly at: string;
  readonly reason?: string;
}

export interface CancellationInput {
  /** Kept with the delivery; agents are not shown it. */
  readonly reason?: string;
}

export interface CommitAssignmentInput {
  /** Only these, and nothing is moved; by default all that wait for an agent. */
  readonly deliveryIds?: readonly string[];
  /** Of the preview that is to be carried out as it was shown. */
  readonly planId: string;
}

export interface Consent {
  readonly customerId: string;
  readonly legalBasis: "consent" | "delivery_notice";
  /** Newest first. */
  readonly history: readonly ConsentRecord[];
  readonly revision: number;
}

export interface ConsentInput {
  /** `delivery_notice` takes consent back: what is left is a notice about a parcel, within its limits. */
  readonly legalBasis: "consent" | "delivery_notice";
  /** When it was given or taken back; by default now. */
  readonly grantedAt?: string;
  readonly source: "customer" | "partner" | "call";
  /** What proves it. */
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
  /** `missing` until the app was started once. */
  readonly state: "up" | "missing" | "unreachable";
  /** Events not delivered yet. */
  readonly pending: number;
  /** Events delivered and not acknowledged yet. */
  readonly inFlight: number;
  /** Of those in flight, delivered before. */
  readonly redelivered: number;
}

export interface ConversationDecision {
  readonly kind: string;
  /** The question it answered. */
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
  /** The customer’s own words for it. */
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
  /** For colleagues; the customer’s agent is not shown it. */
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
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  readonly customerId: string;
  /** The delivery in whose call it was said. */
  readonly deliveryId?: string;
}

export interface CustomerPage {
  readonly items: readonly Customer[];
  readonly nextCursor?: string;
}

export interface DeadLetterDetails {
  readonly deadLetterId: string;
  /** The app that could not handle it. */
  readonly consumer: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** Which event it is. */
  readonly subject: string;
  readonly reason: "malformed" | "handler_failed" | "handler_killed_process" | "max_deliveries";
  /** The error’s stable code, or its class’s name. */
  readonly code: string;
  readonly message: string;
  readonly messageId: string;
  readonly deliveries: number;
  readonly deadAt: string;
  /** Absent when the event is not readable. */
  readonly organizationId?: string;
  /** The dead letter whose redrive ended here. */
  readonly redriveOf?: string;
  /** Where it failed. */
  readonly stackHead: string;
  /** The event as it came, mostly JSON; secrets and access codes are covered. */
  readonly body: string;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetterSummary[];
  readonly nextCursor?: string;
}

export interface DeadLetterSummary {
  readonly deadLetterId: string;
  /** The app that could not handle it. */
  readonly consumer: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
  /** Which event it is. */
  readonly subject: string;
  readonly reason: "malformed" | "handler_failed" | "handler_killed_process" | "max_deliveries";
  /** The error’s stable code, or its class’s name. */
  readonly code: string;
  readonly message: string;
  readonly messageId: string;
  readonly deliveries: number;
  readonly deadAt: string;
  /** Absent when the event is not readable. */
  readonly organizationId?: string;
  /** The dead letter whose redrive ended here. */
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
  /** The last instant at which the customer’s answer still helps. */
  readonly decideBy: string;
  /** Other windows the customer may be offered. */
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
  readonly handOver?: HandOver;
  readonly cancellation?: Cancellation;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DeliveryAcknowledgedData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  readonly agentId: string;
}

export interface DeliveryAssignedData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  readonly agentName: string;
  /** When it is planned to arrive. */
  readonly window: TimeWindow;
  /** Whether the customer was asked and answered. */
  readonly customerReached: boolean;
  /** What became of the last call, or why none was made. */
  readonly contactOutcome?: string;
  /** What the customer wants, in one line. */
  readonly summary: string;
}

export interface DeliveryCanceledData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  /** As whoever canceled it put it. */
  readonly reason?: string;
}

export interface DeliveryChanges {
  readonly reference?: string;
  /** A correction; to ask the customer again, reschedule. */
  readonly window?: TimeWindow;
  readonly decideBy?: string;
  readonly alternativeWindows?: readonly TimeWindow[];
  /** Replaces the whole parcel. */
  readonly parcel?: Parcel;
  readonly requires?: readonly string[];
  readonly priority?: number;
}

export interface DeliveryDeliveredData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  /** Where it was left; absent when it was handed over. */
  readonly safePlaceUsed?: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
}

export interface DeliveryFailedData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  readonly agentId: string;
  /** Why, as a code: nobody_home, no_access and so on. */
  readonly reason: string;
}

export interface DeliveryFunnel {
  /** Deliveries accepted. */
  readonly created: number;
  /** Deliveries whose customer was rung at least once. */
  readonly called: number;
  /** Deliveries whose customer answered in person. */
  readonly reached: number;
  /** Deliveries with at least one instruction from the customer. */
  readonly instructed: number;
  /** Deliveries given to an agent. */
  readonly assigned: number;
  /** Deliveries whose agent acknowledged. */
  readonly acknowledged: number;
  /** Deliveries the customer moved. */
  readonly rescheduled: number;
  /** Deliveries the customer refused. */
  readonly refused: number;
  /** Deliveries that were taken back. */
  readonly canceled: number;
  /** Deliveries that were handed over. */
  readonly delivered: number;
  /** Deliveries whose hand-over failed at least once. */
  readonly failed: number;
}

export interface DeliveryImport {
  readonly importId: string;
  readonly revision: number;
  readonly state: "running" | "done";
  /** Rows sent. */
  readonly total: number;
  /** Rows that are deliveries now. */
  readonly accepted: number;
  /** Rows that cannot be deliveries; each says why. */
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
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  readonly agentId: string;
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly nextCursor?: string;
}

export interface DeliveryRefusedData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
}

export interface DeliveryReinstatedData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  /** When it is planned to arrive, again. */
  readonly window: TimeWindow;
}

export interface DeliveryRescheduledData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  /** Absent when the customer named no other time. */
  readonly window?: TimeWindow;
}

export interface DeliveryUnassignableData {
  /** Ascending per delivery (per customer for customer.opted_out): a lower one is older news. */
  readonly sequence: number;
  /** DelAuto’s id of the delivery. */
  readonly deliveryId: string;
  /** Your own number of the delivery. */
  readonly reference: string;
  /** The constraint that binds. */
  readonly reason: string;
}

export interface DependencyReport {
  readonly name: string;
  readonly state: "up" | "down";
  /** Why it is down. */
  readonly detail?: string;
}

export interface Device {
  readonly deviceId: string;
  readonly kind: "web_push" | "phone";
  /** The push service’s host, or the phone number. */
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
  /** Needed to lift it: the customer’s new consent. */
  readonly consent?: ConsentInput;
}

export interface Erasure {
  readonly erasureId: string;
  readonly customerId: string;
  readonly requestedAt: string;
  /** When the last app reported. */
  readonly completedAt?: string;
  readonly parts: readonly ErasurePart[];
  /** What is kept, where, and for how long. */
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

export interface ExportedDelivery {
  readonly delivery: Delivery;
  /** Its story, with what the agent and the partner were told. */
  readonly timeline: Timeline;
  readonly recordings: readonly Recording[];
  readonly transcripts: readonly Transcript[];
}

export interface FeatureChanges {
  /** Ask whether a call may be recorded. Without it none is. */
  readonly recordCalls?: boolean;
  /** Ask for codes of gates and doors by themselves, and pause the recording while they are told. */
  readonly pauseForCodes?: boolean;
  /** Kept, and told to the other apps with each change; no app acts on it yet, so it changes nothing by itself. */
  readonly transcribe?: boolean;
  /** Ask by text whom no call reaches. */
  readonly smsFallback?: boolean;
  /** Kept, and told to the other apps with each change; no app acts on it yet, so it changes nothing by itself. */
  readonly holdoutPercent?: number;
}

export interface FieldError {
  /** Where: `window.start`, `items.3.phone`, or a parameter’s or header’s name; empty for the body itself. */
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
  /** Shown this once; good for seven days. */
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
  /** Of a failed one. */
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
  /** Absent while nobody is behind, or the broker is away. */
  readonly worstLag?: WorstLag;
  readonly at: string;
}

export interface Heard {
  readonly kind: "speech" | "keys" | "silence" | "message" | "pickup";
  /** The words, or the keys pressed. */
  readonly text?: string;
  /** The recogniser’s, of words. */
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
  /** When the agent had heard the customer’s own words. */
  readonly listenedAt?: string;
}

export interface InboxPage {
  readonly items: readonly InboxMessage[];
}

export interface InsightsReply {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  /** Recordings and texts that were understood: what the counts are of. */
  readonly understood: number;
  /** The most frequent first. */
  readonly topics: readonly TopicCount[];
  /** What stands between the agent and the door, the most frequent first. */
  readonly hindrances: readonly TopicCount[];
  /** Oldest first; days without words are left out. */
  readonly moods: readonly MoodOfDay[];
}

export interface Instructions {
  /** Will somebody be there in the planned window? */
  readonly present?: FlagFinding;
  readonly availability?: WindowsFinding;
  readonly unavailable?: WindowsFinding;
  readonly safePlace?: SafePlaceFinding;
  readonly accessCode?: TextFinding;
  readonly recipient?: RecipientFinding;
  readonly reschedule?: RescheduleFinding;
  readonly refused?: FlagFinding;
  readonly optOut?: FlagFinding;
  readonly callAhead?: FlagFinding;
  readonly hazards?: HazardsFinding;
  readonly handling?: HandlingFinding;
  readonly needsHuman?: FlagFinding;
  /** How they sound, where their words show it. */
  readonly sentiment?: SentimentFinding;
  /** It cannot wait. */
  readonly urgent?: FlagFinding;
  /** For a person: where words said something else than keys. The keys count until somebody asks. */
  readonly questions?: QuestionsFinding;
  readonly complexity: number;
  /** What the complexity is made of. */
  readonly complexityFactors?: readonly ("availability" | "unavailable" | "safe_place" | "access_code" | "recipient" | "reschedule" | "refused" | "opt_out" | "call_ahead" | "hazards" | "handling" | "condition")[];
}

export interface Invitation {
  readonly email: string;
  /** Whoever accepts may say otherwise. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent this person is. */
  readonly agentId?: string;
  readonly invitationId: string;
  readonly state: "open" | "accepted" | "withdrawn" | "expired";
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly userId?: string;
}

export interface InvitationInput {
  readonly email: string;
  /** Whoever accepts may say otherwise. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent this person is. */
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
  /** To a minute. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  /** Until then the secret before the last rotation is good, too. */
  readonly previousValidUntil?: string;
  /** Sent as `Authorization: Bearer`. Shown this once. */
  readonly apiKey: string;
}

export interface IssuedInvitation {
  readonly email: string;
  /** Whoever accepts may say otherwise. */
  readonly name?: string;
  readonly role: "admin" | "dispatcher" | "agent" | "partner";
  /** Required with the role agent: the agent this person is. */
  readonly agentId?: string;
  readonly invitationId: string;
  readonly state: "open" | "accepted" | "withdrawn" | "expired";
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly userId?: string;
  /** Shown this once. Give it to the person by a way you trust. */
  readonly token: string;
}

export interface LeftUnassigned {
  readonly deliveryId: string;
  readonly bindingConstraint: string;
  readonly explanation: string;
}

export interface LocalHours {
  /** Absent: every day. */
  readonly day?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  readonly from: string;
  readonly until: string;
}

export interface MeasuredShare {
  readonly met: number;
  readonly total: number;
  /** Absent where nothing was counted. */
  readonly share?: number;
  /** The true share lies between this with 95 % … */
  readonly low: number;
  /** … and this. */
  readonly high: number;
}

export interface MoodOfDay {
  /** When the day begins. */
  readonly start: string;
  readonly positive: number;
  readonly negative: number;
  /** Those whose words show neither. */
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
  /** What is done about a customer who hangs up during the first words of a call, before they answered anything. `another_day`: one more call, on another day at the earliest; where no lawful hour of another day is left before `decideBy`, none. `later_once`: one more call, four hours later at the earliest, on the same day too. `text`: no further call; the customer is asked by text if `features.smsFallback` is on. `no_more_calls`: no further call, and no text that asks. After a hang-up one more call rings at most for the delivery, whatever comes of it; it counts toward all caps. Where none follows, the customer is asked by text as one whom no call reached, except with `no_more_calls`. Counts from the next planning of a call; a dispatcher may still start one. */
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
  /** `null` for none. */
  readonly dispatcherPhone?: string | null;
  /** Days on which nobody is called, beside those of the law, in the customer’s zones. */
  readonly daysOff?: readonly string[];
  /** What is done about a customer who hangs up during the first words of a call, before they answered anything. `another_day`: one more call, on another day at the earliest; where no lawful hour of another day is left before `decideBy`, none. `later_once`: one more call, four hours later at the earliest, on the same day too. `text`: no further call; the customer is asked by text if `features.smsFallback` is on. `no_more_calls`: no further call, and no text that asks. After a hang-up one more call rings at most for the delivery, whatever comes of it; it counts toward all caps. Where none follows, the customer is asked by text as one whom no call reached, except with `no_more_calls`. Counts from the next planning of a call; a dispatcher may still start one. */
  readonly afterEarlyHangUp?: "another_day" | "later_once" | "text" | "no_more_calls";
  /** How long recordings are kept. Counts for calls that are requested from then on. */
  readonly recordingRetentionDays?: number;
  readonly features?: FeatureChanges;
}

export interface OrganizationFeatures {
  /** Ask whether a call may be recorded. Without it none is. */
  readonly recordCalls: boolean;
  /** Ask for codes of gates and doors by themselves, and pause the recording while they are told. */
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
  /** Is invited as the first administrator. */
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
  /** What is to be delivered, in the order that keeps most windows with the least way. Today’s has what is overdue, too. */
  readonly stops: readonly Stop[];
  /** Delivered already, of this day. */
  readonly delivered: number;
  /** Failed already, of this day. */
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

export interface PlannedAssignment {
  readonly deliveryId: string;
  readonly agentId: string;
  /** Who has it now; absent where nobody does. */
  readonly formerAgentId?: string;
  readonly cost: number;
  readonly terms: AssignmentTerms;
  readonly runnerUpAgentId?: string;
  readonly runnerUpCost?: number;
  readonly explanation: string;
}

export interface PlanningScope {
  /** Only these, and nothing is moved; by default all that wait for an agent. */
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
  /** Once, for calls. */
  readonly callWindows?: readonly TimeWindow[];
  /** Every week, for calls. */
  readonly preferredHours?: readonly LocalHours[];
  /** `text`: they are not rung. Deliveries go on without an answer. */
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
  /** Once, for calls. */
  readonly callWindows?: readonly TimeWindow[];
  /** Every week, for calls. */
  readonly preferredHours?: readonly LocalHours[];
  /** `text`: they are not rung. Deliveries go on without an answer. */
  readonly channel?: "voice" | "text";
  readonly safePlace?: PreferredPlace;
  readonly notes?: string;
  /** Who says so; by default the partner. */
  readonly source?: "customer" | "partner";
  /** When these fields stop to count. */
  readonly expiresAt?: string;
}

export interface PreferredPlace {
  readonly place: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  readonly text?: string;
}

export interface ProblemDetails {
  /** Stable identifier of the kind of problem, explained at /docs/problems. */
  readonly type: string;
  /** The kind of problem in words; the same for every occurrence. */
  readonly title: string;
  /** The HTTP status, repeated. */
  readonly status: number;
  /** What happened this time, and what to do. */
  readonly detail: string;
  /** The last part of `type`, for programs. */
  readonly code: string;
  /** Names this one occurrence; holds the `X-Request-Id`. */
  readonly instance?: string;
  /** Every wrong field, where fields are wrong. */
  readonly errors?: readonly FieldError[];
  /** The W3C trace id under which it is logged. */
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
  /** The field of the instructions that it is about. */
  readonly about: string;
  /** What the customer said that does not fit. */
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
  /** Scheduled for later. */
  readonly waiting: number;
  /** Due, and begun by nobody. */
  readonly due: number;
  readonly running: number;
  /** Given up after its last attempt. */
  readonly failed: number;
  /** For how long the oldest due work has been due; 0 without any. */
  readonly oldestDueMs: number;
}

export interface QueuesReport {
  readonly apps: readonly AppQueues[];
  /** From the leader of each consumer. */
  readonly consumers: readonly ConsumerFigures[];
  /** Events given up; absent while the broker does not answer. */
  readonly deadLetters?: number;
  readonly at: string;
}

export interface ReadUpTo {
  /** Everything up to this sequence was read. */
  readonly upTo: number;
}

export interface ReassignmentInput {
  /** Who shall have it; left out, anybody but the agent who has it now. */
  readonly agentId?: string;
  /** Give it to the named agent even where a hard constraint speaks against it. */
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
  /** Of the WAV as it is served. */
  readonly sha256?: string;
  /** When the carrier told of it, or that there is none. */
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
}

export interface ReschedulingInput {
  readonly window: TimeWindow;
  /** By default the new window’s start. */
  readonly decideBy?: string;
  /** By default none. */
  readonly alternativeWindows?: readonly TimeWindow[];
}

export interface Review {
  readonly state: "open" | "closed";
  readonly reasons: readonly ("unreadable" | "unsure_words" | "unsure_finding" | "asks_for_person")[];
  readonly openedAt: string;
  readonly closedAt?: string;
}

export interface RevokedSessions {
  readonly revoked: number;
}

export interface Rotation {
  /** How long the secret before stays good; a day unless said otherwise. */
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
  /** The agent the delivery was given to last. */
  readonly agentId?: string;
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  readonly spokenAt: string;
  readonly language: "en" | "es";
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  readonly snippets: readonly SearchSnippet[];
  /** What was understood, in words; it is searched, too. */
  readonly wishes: string;
}

export interface SearchPage {
  readonly items: readonly SearchHit[];
  readonly nextCursor?: string;
}

export interface SearchSnippet {
  readonly text: string;
  /** Where it begins in the transcript. */
  readonly offset: number;
  /** The words that were looked for, within this piece. */
  readonly highlights: readonly TextSpan[];
}

export interface Self {
  /** admin, dispatcher, agent, partner, or key for an API key. */
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
  /** Why it failed; with `failed` only, and always. */
  readonly reason?: "nobody_home" | "refused_at_door" | "address_not_found" | "no_access" | "no_safe_place" | "damaged" | "other";
  /** The proof: who took it, or where it lies. */
  readonly note?: string;
  /** Where it was left; with `delivered` only. */
  readonly safePlaceUsed?: "front_door" | "back_door" | "side_door" | "porch" | "garage" | "shed" | "mailbox" | "reception" | "concierge" | "locker" | "neighbour" | "gate" | "balcony" | "car" | "other";
  /** Where the agent was. */
  readonly position?: Position;
  /** When it happened, for a report sent later. By default now. */
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
  /** With an access code’s value on the day itself only. */
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

export interface StopArrival {
  readonly at: string;
  /** Four times in five it is from then … */
  readonly earliest: string;
  /** … until then. */
  readonly latest: string;
}

export interface Summary {
  readonly funnel: DeliveryFunnel;
  /** Attempts that ended in the span, by how they ended. */
  readonly callOutcomes: readonly OutcomeCount[];
  /** Customers who said in the span that they want no more calls. */
  readonly optOuts: number;
  /** Partner webhooks delivered in the span. */
  readonly webhooksDelivered: number;
  /** Median ms from message to acknowledgement, of messages acknowledged in the span; absent of none. */
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
  /** Where each word lies, if the recogniser tells it; left out where a code is covered. */
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
  /** Good for one refresh; the answer holds its successor. */
  readonly refreshToken: string;
  /** Without a refresh until then, the session is over. */
  readonly refreshExpiresAt: string;
  readonly sessionId: string;
}

export interface TokensAndUser {
  /** Sent as `Authorization: Bearer`. */
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** Good for one refresh; the answer holds its successor. */
  readonly refreshToken: string;
  /** Without a refresh until then, the session is over. */
  readonly refreshExpiresAt: string;
  readonly sessionId: string;
  readonly user: User;
}

export interface TopicCount {
  /** What customers spoke of: `safe_place`, `reschedule`, `dog`. */
  readonly topic: string;
  /** Recordings and texts in which they did. */
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
  /** The recogniser’s, over all segments, each weighed by its length; absent without segments. */
  readonly confidence?: number;
  /** Which recogniser made it. */
  readonly provider?: string;
  readonly model?: string;
  readonly instructions?: Instructions;
  /** Who found the instructions. */
  readonly analyst?: string;
  /** Why it ended without instructions. */
  readonly failure?: TranscriptFailure;
  /** 0 before anything was understood, 1 as the analyst found it, more as persons corrected it. */
  readonly version: number;
  /** The user or API key that corrected it last. */
  readonly correctedBy?: string;
  /** What they noted for colleagues. */
  readonly note?: string;
  /** Present where a person should look, or has looked. */
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
  /** Without segments: the transcript itself has them. */
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
  /** False signs the user out everywhere at once. */
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
  /** The HTTP status of the last try, where there was an answer. */
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
  /** Only these types are sent; absent, all are, also those that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
  readonly endpointId: string;
  /** False when it was switched off, or answered 410 Gone. */
  readonly enabled: boolean;
  readonly revision: number;
  readonly createdAt: string;
}

export interface WebhookEndpointChanges {
  readonly url?: string;
  /** null: all types again. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[] | null;
  readonly enabled?: boolean;
}

export interface WebhookEndpointInput {
  readonly url: string;
  /** Only these types are sent; absent, all are, also those that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
}

export interface WebhookEndpointPage {
  readonly items: readonly WebhookEndpoint[];
  readonly nextCursor?: string;
}

export interface WebhookEndpointWithSecret {
  readonly url: string;
  /** Only these types are sent; absent, all are, also those that are added later. */
  readonly types?: readonly ("delivery.assigned" | "delivery.acknowledged" | "delivery.rescheduled" | "delivery.canceled" | "delivery.out_for_delivery" | "delivery.delivered" | "delivery.failed" | "delivery.refused" | "delivery.reinstated" | "delivery.unassignable" | "customer.opted_out")[];
  readonly endpointId: string;
  /** False when it was switched off, or answered 410 Gone. */
  readonly enabled: boolean;
  readonly revision: number;
  readonly createdAt: string;
  /** Signs by Standard Webhooks; shown this once. */
  readonly secret: string;
}

export interface WebhookSecretRotation {
  /** Hours for which the secret before signs too, so that no webhook is refused meanwhile; 24 when absent. */
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
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
  /** Only what this app could not handle. */
  readonly consumer?: "gateway" | "routing" | "telephony" | "transcription" | "notifications" | "analytics";
}

export interface ListAgentsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
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
  /** By day unless said otherwise. */
  readonly by?: "hour" | "day";
  /** Where hours and days begin; UTC unless said otherwise. */
  readonly zone?: string;
}

export interface GetInsightsQuery {
  readonly from?: string;
  readonly to?: string;
  /** Of one delivery alone. */
  readonly deliveryId?: string;
  /** Where days begin; UTC unless said otherwise. */
  readonly zone?: string;
}

export interface GetSummaryQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface ListAnnouncementsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListApiKeysQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListAuditLogQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
  /** Of a user, an API key, an agent, or `operator`. */
  readonly actorId?: string;
  readonly targetId?: string;
  /** As entries say it: `routing.delivery.created`. */
  readonly action?: string;
  readonly since?: string;
  /** Not included. */
  readonly until?: string;
}

export interface ListOwnSessionsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListCallsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
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
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
  readonly phone?: string;
  /** How the name begins; upper and lower case are the same. */
  readonly namePrefix?: string;
  readonly doNotCall?: "true" | "false";
}

export interface GetCallTimingQuery {
  /** The last instant at which an answer still helps; by default in two days. */
  readonly deadline?: string;
}

export interface ListDeliveriesQuery {
  readonly state?: "created" | "call_planned" | "calling" | "awaiting_understanding" | "ready_to_assign" | "assigned" | "acknowledged" | "out_for_delivery" | "delivered" | "failed" | "rescheduled" | "refused" | "canceled" | "unassignable";
  readonly customerId?: string;
  /** Those this agent has, or had at the end. */
  readonly agentId?: string;
  /** The partner’s own number, whole. */
  readonly reference?: string;
  /** Windows that start at this instant or later. */
  readonly windowFrom?: string;
  /** Windows that start before this instant. */
  readonly windowTo?: string;
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListDeliveryImportRowsQuery {
  readonly state?: "pending" | "accepted" | "rejected";
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListInvitationsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListOwnAnnouncementsQuery {
  /** After this sequence; absent, after what was confirmed. */
  readonly after?: number;
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
}

export interface GetOwnDayQuery {
  /** By default today, in the organisation’s zone. */
  readonly date?: string;
}

export interface ListOwnInboxQuery {
  /** The sequence of the last message the application has. */
  readonly after?: number;
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
}

export interface ListOrganizationsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListRecordingsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
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
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
  /** Those that wait for a person, unless said otherwise. */
  readonly state?: "open" | "closed";
}

export interface SearchQuery {
  /** Words; whatever else stands in it is read as a space. */
  readonly q: string;
  /** Whose word forms are understood; English by default. */
  readonly language?: "en" | "es";
  /** Spoken at this instant or later. */
  readonly from?: string;
  /** Spoken before this instant. */
  readonly to?: string;
  readonly agentId?: string;
  readonly customerId?: string;
  readonly outcome?: "answered" | "voicemail" | "busy" | "no_answer" | "failed" | "canceled" | "dropped" | "hung_up_early" | "not_placed";
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListUsersQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
  readonly role?: "admin" | "dispatcher" | "agent" | "partner";
}

export interface ListUserSessionsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListWebhookEndpointsQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

export interface ListWebhookDeliveriesQuery {
  /** How many items a page holds; 50 by default. */
  readonly limit?: number;
  /** The `nextCursor` of the page before; absent for the first page. */
  readonly cursor?: string;
}

/** What a webhook of each type holds as its `data`. */
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
  /** What the read cache of the gateway that answers has done since it was started. Needs `operations:read`. */
  getCacheFigures(options: CallOptions = {}): Promise<CacheReport> {
    return this.send({ method: "GET", path: `/v1/admin/cache`, keyed: false, answer: "json" }, options);
  }

  /** Events that were given up and not redriven, the latest first, a page at a time. Needs `operations:read`. */
  listDeadLetters(query: ListDeadLettersQuery = {}, options: CallOptions = {}): Promise<DeadLetterPage> {
    return this.send({ method: "GET", path: `/v1/admin/dead-letters`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listDeadLetters`, page after page, as they are asked for. */
  iterateDeadLetters(query: ListDeadLettersQuery = {}, options: CallOptions = {}): AsyncGenerator<DeadLetterSummary, void, undefined> {
    return itemsOf((page) => this.listDeadLetters({ ...query, ...page }, options));
  }

  /** One of them with its body; secrets and access codes are covered. Needs `operations:read`. */
  getDeadLetter(deadLetterId: string, options: CallOptions = {}): Promise<DeadLetterDetails> {
    return this.send({ method: "GET", path: `/v1/admin/dead-letters/${encodeURIComponent(deadLetterId)}`, keyed: false, answer: "json" }, options);
  }

  /** Gives the event once more to the app that failed on it, and to no other. Needs `operations:write`. */
  redriveDeadLetter(deadLetterId: string, options: CallOptions = {}): Promise<DeadLetterSummary> {
    return this.send({ method: "POST", path: `/v1/admin/dead-letters/${encodeURIComponent(deadLetterId)}/redrive`, keyed: true, answer: "json" }, options);
  }

  /** Which apps answer and which servers they reach. Needs `operations:read`. */
  getHealth(options: CallOptions = {}): Promise<HealthReport> {
    return this.send({ method: "GET", path: `/v1/admin/health`, keyed: false, answer: "json" }, options);
  }

  /** Everything that waits: due work, unpublished events, and how far each app is behind on each stream. Needs `operations:read`. */
  getQueues(options: CallOptions = {}): Promise<QueuesReport> {
    return this.send({ method: "GET", path: `/v1/admin/queues`, keyed: false, answer: "json" }, options);
  }

  /** Agents, newest first, a page at a time. Needs `agents:read`. */
  listAgents(query: ListAgentsQuery = {}, options: CallOptions = {}): Promise<AgentPage> {
    return this.send({ method: "GET", path: `/v1/agents`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listAgents`, page after page, as they are asked for. */
  iterateAgents(query: ListAgentsQuery = {}, options: CallOptions = {}): AsyncGenerator<Agent, void, undefined> {
    return itemsOf((page) => this.listAgents({ ...query, ...page }, options));
  }

  /** Adds an agent. Needs `agents:write`. */
  createAgent(body: AgentInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "POST", path: `/v1/agents`, body, keyed: true, answer: "json" }, options);
  }

  /** One agent. Needs `agents:read`. */
  getAgent(agentId: string, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "GET", path: `/v1/agents/${encodeURIComponent(agentId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes what is known of an agent; what is left out stays. Needs `agents:write`. */
  updateAgent(agentId: string, body: AgentChanges, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PATCH", path: `/v1/agents/${encodeURIComponent(agentId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Ends an agent’s work, for good: no sign-in, no deliveries. They stay in the stories they are part of. Needs `agents:write`. */
  deactivateAgent(agentId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/agents/${encodeURIComponent(agentId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Whether an agent can work; what one who cannot has not acknowledged is given to others at once. Needs `agents:write`. */
  putAgentAvailability(agentId: string, body: AvailabilityInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/availability`, body, keyed: false, answer: "json" }, options);
  }

  /** Where an agent is, as a dispatcher knows it; an older position than is known changes nothing. Needs `agents:write`. */
  putAgentLocation(agentId: string, body: AgentLocationInput, options: CallOptions = {}): Promise<AgentLocation> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/location`, body, keyed: false, answer: "json" }, options);
  }

  /** How an agent’s deliveries went, with how sure that is. Needs `agents:read`. */
  getAgentPerformance(agentId: string, options: CallOptions = {}): Promise<AgentPerformance> {
    return this.send({ method: "GET", path: `/v1/agents/${encodeURIComponent(agentId)}/performance`, keyed: false, answer: "json" }, options);
  }

  /** Replaces an agent’s shifts; unacknowledged deliveries outside them are planned anew at once. Needs `agents:write`. */
  putAgentShift(agentId: string, body: AgentShifts, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/agents/${encodeURIComponent(agentId)}/shift`, body, keyed: false, answer: "json" }, options);
  }

  /** An access token for the agent’s own application. Needs `agent-tokens:create`. */
  issueAgentToken(agentId: string, options: CallOptions = {}): Promise<AgentToken> {
    return this.send({ method: "POST", path: `/v1/agents/${encodeURIComponent(agentId)}/tokens`, keyed: true, answer: "json" }, options);
  }

  /** What each agent was given and acknowledged in a span of at most 366 days, and how fast. Needs `analytics:read`. */
  getAgentFigures(query: GetAgentFiguresQuery = {}, options: CallOptions = {}): Promise<AgentFiguresReply> {
    return this.send({ method: "GET", path: `/v1/analytics/agents`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** How attempts ended and how often somebody was reached, by hour (up to 31 days) or day (up to 366). Needs `analytics:read`. */
  getCallFigures(query: GetCallFiguresQuery = {}, options: CallOptions = {}): Promise<CallFiguresReply> {
    return this.send({ method: "GET", path: `/v1/analytics/calls`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** What customers spoke of, how they sounded by day, and what hinders deliveries, in at most 366 days. Needs `analytics:read`. */
  getInsights(query: GetInsightsQuery = {}, options: CallOptions = {}): Promise<InsightsReply> {
    return this.send({ method: "GET", path: `/v1/analytics/insights`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** The organisation’s figures. Needs `analytics:read`. */
  getSummary(query: GetSummaryQuery = {}, options: CallOptions = {}): Promise<Summary> {
    return this.send({ method: "GET", path: `/v1/analytics/summary`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** The organisation’s announcements, newest first, a page at a time. Needs `announcements:write`. */
  listAnnouncements(query: ListAnnouncementsQuery = {}, options: CallOptions = {}): Promise<AnnouncementPage> {
    return this.send({ method: "GET", path: `/v1/announcements`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listAnnouncements`, page after page, as they are asked for. */
  iterateAnnouncements(query: ListAnnouncementsQuery = {}, options: CallOptions = {}): AsyncGenerator<Announcement, void, undefined> {
    return itemsOf((page) => this.listAnnouncements({ ...query, ...page }, options));
  }

  /** Tells all agents, or those with a skill; whoever is away reads it later. Needs `announcements:write`. */
  publishAnnouncement(body: AnnouncementInput, options: CallOptions = {}): Promise<Announcement> {
    return this.send({ method: "POST", path: `/v1/announcements`, body, keyed: true, answer: "json" }, options);
  }

  /** The organisation’s keys, revoked ones too, newest first. Needs `api-keys:read`. */
  listApiKeys(query: ListApiKeysQuery = {}, options: CallOptions = {}): Promise<ApiKeyPage> {
    return this.send({ method: "GET", path: `/v1/api-keys`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listApiKeys`, page after page, as they are asked for. */
  iterateApiKeys(query: ListApiKeysQuery = {}, options: CallOptions = {}): AsyncGenerator<ApiKey, void, undefined> {
    return itemsOf((page) => this.listApiKeys({ ...query, ...page }, options));
  }

  /** A key for a system of the organisation, shown this once. Needs `api-keys:write`. */
  createApiKey(body: ApiKeyInput, options: CallOptions = {}): Promise<IssuedApiKeyReply> {
    return this.send({ method: "POST", path: `/v1/api-keys`, body, keyed: true, answer: "json" }, options);
  }

  /** One key, without its secret. Needs `api-keys:read`. */
  getApiKey(keyId: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.send({ method: "GET", path: `/v1/api-keys/${encodeURIComponent(keyId)}`, keyed: false, answer: "json" }, options);
  }

  /** The key is worth nothing any more, at once and everywhere. Needs `api-keys:write`. */
  revokeApiKey(keyId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/api-keys/${encodeURIComponent(keyId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Gives a key a new secret, shown this once; the one before stays good for the overlap. Needs `api-keys:write`. */
  rotateApiKey(keyId: string, body: Rotation, options: CallOptions = {}): Promise<IssuedApiKeyReply> {
    return this.send({ method: "POST", path: `/v1/api-keys/${encodeURIComponent(keyId)}/rotation`, body, keyed: true, answer: "json" }, options);
  }

  /** Every change that somebody made in the organisation, latest first. Needs `audit:read`. */
  listAuditLog(query: ListAuditLogQuery = {}, options: CallOptions = {}): Promise<AuditPage> {
    return this.send({ method: "GET", path: `/v1/audit-log`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listAuditLog`, page after page, as they are asked for. */
  iterateAuditLog(query: ListAuditLogQuery = {}, options: CallOptions = {}): AsyncGenerator<AuditEntry, void, undefined> {
    return itemsOf((page) => this.listAuditLog({ ...query, ...page }, options));
  }

  /** Signs a user in; the answer holds a short access token and a refresh token. Open to anybody. */
  login(body: Credentials, options: CallOptions = {}): Promise<TokensAndUser> {
    return this.send({ method: "POST", path: `/v1/auth/login`, body, keyed: false, answer: "json" }, options);
  }

  /** Ends the session of a refresh token; harmless for one that is worth nothing. Open to anybody. */
  logout(body: RefreshTokenInput, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "POST", path: `/v1/auth/logout`, body, keyed: false, answer: "nothing" }, options);
  }

  /** Whom the credential stands for, and what it may do. Needs `self:read`. */
  getSelf(options: CallOptions = {}): Promise<Self> {
    return this.send({ method: "GET", path: `/v1/auth/me`, keyed: false, answer: "json" }, options);
  }

  /** Sets another password; every other session of the user ends. Needs `sessions:own`. */
  changePassword(body: PasswordChange, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "POST", path: `/v1/auth/password`, body, keyed: false, answer: "nothing" }, options);
  }

  /** Spends a refresh token for new tokens. Open to anybody. */
  refreshSession(body: RefreshTokenInput, options: CallOptions = {}): Promise<Tokens> {
    return this.send({ method: "POST", path: `/v1/auth/refresh`, body, keyed: false, answer: "json" }, options);
  }

  /** Where the user is signed in, newest first. Needs `sessions:own`. */
  listOwnSessions(query: ListOwnSessionsQuery = {}, options: CallOptions = {}): Promise<SessionPage> {
    return this.send({ method: "GET", path: `/v1/auth/sessions`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listOwnSessions`, page after page, as they are asked for. */
  iterateOwnSessions(query: ListOwnSessionsQuery = {}, options: CallOptions = {}): AsyncGenerator<Session, void, undefined> {
    return itemsOf((page) => this.listOwnSessions({ ...query, ...page }, options));
  }

  /** Signs the user out everywhere else. Needs `sessions:own`. */
  revokeOwnOtherSessions(options: CallOptions = {}): Promise<RevokedSessions> {
    return this.send({ method: "DELETE", path: `/v1/auth/sessions`, keyed: false, answer: "json" }, options);
  }

  /** Signs the user out somewhere; the one that asks may be meant, too. Needs `sessions:own`. */
  revokeOwnSession(sessionId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/auth/sessions/${encodeURIComponent(sessionId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Attempts to reach customers, the latest requested first, a page at a time. Needs `calls:read`. */
  listCalls(query: ListCallsQuery = {}, options: CallOptions = {}): Promise<CallPage> {
    return this.send({ method: "GET", path: `/v1/calls`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listCalls`, page after page, as they are asked for. */
  iterateCalls(query: ListCallsQuery = {}, options: CallOptions = {}): AsyncGenerator<Call, void, undefined> {
    return itemsOf((page) => this.listCalls({ ...query, ...page }, options));
  }

  /** One attempt with its whole conversation; access codes are masked. Needs `calls:read`. */
  getCall(attemptId: string, options: CallOptions = {}): Promise<CallDetails> {
    return this.send({ method: "GET", path: `/v1/calls/${encodeURIComponent(attemptId)}`, keyed: false, answer: "json" }, options);
  }

  /** Gives an attempt up before it is answered. Needs `calls:write`. */
  cancelCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/cancellation`, keyed: true, answer: "json" }, options);
  }

  /** Hangs up on a customer who is on the line. Needs `calls:write`. */
  endCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/end`, keyed: true, answer: "json" }, options);
  }

  /** Connects the customer who is on the line with the organisation’s dispatcher. Needs `calls:write`. */
  takeOverCall(attemptId: string, options: CallOptions = {}): Promise<Call> {
    return this.send({ method: "POST", path: `/v1/calls/${encodeURIComponent(attemptId)}/takeover`, keyed: true, answer: "json" }, options);
  }

  /** Customers, newest first; by name where a beginning of it is given. Needs `customers:read`. */
  listCustomers(query: ListCustomersQuery = {}, options: CallOptions = {}): Promise<CustomerPage> {
    return this.send({ method: "GET", path: `/v1/customers`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listCustomers`, page after page, as they are asked for. */
  iterateCustomers(query: ListCustomersQuery = {}, options: CallOptions = {}): AsyncGenerator<Customer, void, undefined> {
    return itemsOf((page) => this.listCustomers({ ...query, ...page }, options));
  }

  /** Creates a customer, or updates the one with this phone number. Needs `customers:write`. */
  putCustomer(body: CustomerInput, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "POST", path: `/v1/customers`, body, keyed: true, answer: "json" }, options);
  }

  /** One customer. Needs `customers:read`. */
  getCustomer(customerId: string, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes what is known of a customer; planned calls go by it at once. Needs `customers:write`. */
  updateCustomer(customerId: string, body: CustomerChanges, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "PATCH", path: `/v1/customers/${encodeURIComponent(customerId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** When the customer may be called, when it is best and why, and how many calls are left today. Needs `routing:read`. */
  getCallTiming(customerId: string, query: GetCallTimingQuery = {}, options: CallOptions = {}): Promise<CallTiming> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/call-timing`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** On what ground the customer may be called, and everything said about it before. Needs `customers:read`. */
  getCustomerConsent(customerId: string, options: CallOptions = {}): Promise<Consent> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/consent`, keyed: false, answer: "json" }, options);
  }

  /** Records that the customer consents to calls, or takes that back; planned calls follow at once. Needs `customers:write`. */
  putCustomerConsent(customerId: string, body: ConsentInput, options: CallOptions = {}): Promise<Consent> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/consent`, body, keyed: false, answer: "json" }, options);
  }

  /** Opts a customer out of all calls and messages at once, or in again by their new consent. Needs `customers:write`. */
  putDoNotCall(customerId: string, body: DoNotCallInput, options: CallOptions = {}): Promise<Customer> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/do-not-call`, body, keyed: false, answer: "json" }, options);
  }

  /** Forgets a customer: at once in routing, in the other apps as they report to the receipt. Needs `customers:erase`. */
  eraseCustomer(customerId: string, options: CallOptions = {}): Promise<Erasure> {
    return this.send({ method: "POST", path: `/v1/customers/${encodeURIComponent(customerId)}/erasure`, keyed: true, answer: "json" }, options);
  }

  /** How far the erasure of a customer is, app by app. Needs `customers:erase`. */
  getErasure(customerId: string, erasureId: string, options: CallOptions = {}): Promise<Erasure> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/erasures/${encodeURIComponent(erasureId)}`, keyed: false, answer: "json" }, options);
  }

  /** Everything the apps hold of a customer, as one document. Needs `customers:export`. */
  exportCustomer(customerId: string, options: CallOptions = {}): Promise<CustomerExport> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/export`, keyed: false, answer: "json" }, options);
  }

  /** What the customer wishes, and where each wish comes from: stated or learned. Needs `customers:read`. */
  getCustomerPreferences(customerId: string, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "GET", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences`, keyed: false, answer: "json" }, options);
  }

  /** States wishes; those left out stay. They beat learned ones and count for planned calls at once. Needs `customers:write`. */
  putCustomerPreferences(customerId: string, body: PreferencesInput, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "PUT", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences`, body, keyed: false, answer: "json" }, options);
  }

  /** Forgets one wish, stated and learned. Needs `customers:write`. */
  deleteCustomerPreference(customerId: string, field: string, options: CallOptions = {}): Promise<Preferences> {
    return this.send({ method: "DELETE", path: `/v1/customers/${encodeURIComponent(customerId)}/preferences/${encodeURIComponent(field)}`, keyed: false, answer: "json" }, options);
  }

  /** Deliveries, a page at a time. Needs `deliveries:read`. */
  listDeliveries(query: ListDeliveriesQuery = {}, options: CallOptions = {}): Promise<DeliveryPage> {
    return this.send({ method: "GET", path: `/v1/deliveries`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listDeliveries`, page after page, as they are asked for. */
  iterateDeliveries(query: ListDeliveriesQuery = {}, options: CallOptions = {}): AsyncGenerator<Delivery, void, undefined> {
    return itemsOf((page) => this.listDeliveries({ ...query, ...page }, options));
  }

  /** Accepts a delivery and plans the call to its customer. Needs `deliveries:write`. */
  createDelivery(body: DeliveryInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries`, body, keyed: true, answer: "json" }, options);
  }

  /** One delivery as it stands. Needs `deliveries:read`. */
  getDelivery(deliveryId: string, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "GET", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}`, keyed: false, answer: "json" }, options);
  }

  /** Corrects a delivery; what is left out stays. Needs `deliveries:write`. */
  updateDelivery(deliveryId: string, body: DeliveryChanges, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "PATCH", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Calls the customer now, instead of when it is planned. Needs `calls:write`. */
  startCall(deliveryId: string, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/calls`, keyed: true, answer: "json" }, options);
  }

  /** Takes a delivery back. Needs `deliveries:write`. */
  cancelDelivery(deliveryId: string, body: CancellationInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/cancellation`, body, keyed: true, answer: "json" }, options);
  }

  /** Gives a delivery to a named agent, or takes it from the one who has it. Needs `deliveries:dispatch`. */
  reassignDelivery(deliveryId: string, body: ReassignmentInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/reassignment`, body, keyed: true, answer: "json" }, options);
  }

  /** Gives a delivery another window and plans it anew. Needs `deliveries:write`. */
  rescheduleDelivery(deliveryId: string, body: ReschedulingInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/rescheduling`, body, keyed: true, answer: "json" }, options);
  }

  /** The delivery’s whole story, one readable line an event. Needs `deliveries:read`. */
  getDeliveryTimeline(deliveryId: string, options: CallOptions = {}): Promise<Timeline> {
    return this.send({ method: "GET", path: `/v1/deliveries/${encodeURIComponent(deliveryId)}/timeline`, keyed: false, answer: "json" }, options);
  }

  /** Accepts up to 10,000 deliveries at once; each has a result of its own. Needs `deliveries:write`. */
  createDeliveryImport(body: readonly unknown[] | TextBody, options: CallOptions = {}): Promise<DeliveryImport> {
    return this.send({ method: "POST", path: `/v1/delivery-imports`, body, keyed: true, answer: "json" }, options);
  }

  /** How far an import is. Needs `deliveries:read`. */
  getDeliveryImport(importId: string, options: CallOptions = {}): Promise<DeliveryImport> {
    return this.send({ method: "GET", path: `/v1/delivery-imports/${encodeURIComponent(importId)}`, keyed: false, answer: "json" }, options);
  }

  /** What became of an import’s rows, in the order they were sent. Needs `deliveries:read`. */
  listDeliveryImportRows(importId: string, query: ListDeliveryImportRowsQuery = {}, options: CallOptions = {}): Promise<DeliveryImportRowPage> {
    return this.send({ method: "GET", path: `/v1/delivery-imports/${encodeURIComponent(importId)}/rows`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listDeliveryImportRows`, page after page, as they are asked for. */
  iterateDeliveryImportRows(importId: string, query: ListDeliveryImportRowsQuery = {}, options: CallOptions = {}): AsyncGenerator<DeliveryImportRow, void, undefined> {
    return itemsOf((page) => this.listDeliveryImportRows(importId, { ...query, ...page }, options));
  }

  /** Invitations, open and past, newest first. Needs `users:read`. */
  listInvitations(query: ListInvitationsQuery = {}, options: CallOptions = {}): Promise<InvitationPage> {
    return this.send({ method: "GET", path: `/v1/invitations`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listInvitations`, page after page, as they are asked for. */
  iterateInvitations(query: ListInvitationsQuery = {}, options: CallOptions = {}): AsyncGenerator<Invitation, void, undefined> {
    return itemsOf((page) => this.listInvitations({ ...query, ...page }, options));
  }

  /** Invites somebody; the answer holds a token, good once and for seven days, shown this once. Needs `users:write`. */
  createInvitation(body: InvitationInput, options: CallOptions = {}): Promise<IssuedInvitation> {
    return this.send({ method: "POST", path: `/v1/invitations`, body, keyed: true, answer: "json" }, options);
  }

  /** Whoever holds an invitation’s token becomes a user with a password of their own. Open to anybody. */
  acceptInvitation(body: Acceptance, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "POST", path: `/v1/invitations/accept`, body, keyed: false, answer: "json" }, options);
  }

  /** An open invitation can no longer be accepted; nothing changes for one that is over. Needs `users:write`. */
  withdrawInvitation(invitationId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/invitations/${encodeURIComponent(invitationId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** Announcements the agent has not confirmed, or those after a sequence, oldest first. Needs `inbox:own`. */
  listOwnAnnouncements(query: ListOwnAnnouncementsQuery = {}, options: CallOptions = {}): Promise<AgentAnnouncements> {
    return this.send({ method: "GET", path: `/v1/me/announcements`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** The agent has read everything up to a sequence; the cursor never goes back. Needs `inbox:own`. */
  confirmOwnAnnouncements(body: ReadUpTo, options: CallOptions = {}): Promise<AnnouncementsReadPayload> {
    return this.send({ method: "PUT", path: `/v1/me/announcements/cursor`, body, keyed: false, answer: "json" }, options);
  }

  /** The agent takes a break, falls ill, or is back. Needs `work:own`. */
  updateOwnAvailability(body: AvailabilityInput, options: CallOptions = {}): Promise<Agent> {
    return this.send({ method: "PUT", path: `/v1/me/availability`, body, keyed: false, answer: "json" }, options);
  }

  /** The agent’s deliveries of a day, in the order of stops. Needs `work:own`. */
  getOwnDay(query: GetOwnDayQuery = {}, options: CallOptions = {}): Promise<OwnDay> {
    return this.send({ method: "GET", path: `/v1/me/day`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** The agent does not take a delivery they were given: it goes to another, and never to them again. Needs `work:own`. */
  declineOwnDelivery(deliveryId: string, body: DeclineInput, options: CallOptions = {}): Promise<DeclinedDelivery> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/decline`, body, keyed: true, answer: "json" }, options);
  }

  /** The agent met a problem; dispatchers see it at once. Needs `work:own`. */
  reportOwnProblem(deliveryId: string, body: ProblemReportInput, options: CallOptions = {}): Promise<ReportedProblem> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/problems`, body, keyed: true, answer: "json" }, options);
  }

  /** The agent set out with it, handed it over, or could not. Needs `work:own`. */
  reportOwnDeliveryStatus(deliveryId: string, body: StatusReportInput, options: CallOptions = {}): Promise<Delivery> {
    return this.send({ method: "POST", path: `/v1/me/deliveries/${encodeURIComponent(deliveryId)}/status`, body, keyed: true, answer: "json" }, options);
  }

  /** What the agent can be reached by, newest first; at most 200. Needs `devices:own`. */
  listOwnDevices(options: CallOptions = {}): Promise<DeviceList> {
    return this.send({ method: "GET", path: `/v1/me/devices`, keyed: false, answer: "json" }, options);
  }

  /** The agent is not reached by this device any more. Needs `devices:own`. */
  removeOwnDevice(deviceId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/me/devices/${encodeURIComponent(deviceId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** An agent’s own messages after a sequence, oldest first. Needs `inbox:own`. */
  listOwnInbox(query: ListOwnInboxQuery = {}, options: CallOptions = {}): Promise<InboxPage> {
    return this.send({ method: "GET", path: `/v1/me/inbox`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** The agent has read the message. Needs `inbox:own`. */
  acknowledgeMessage(messageId: string, options: CallOptions = {}): Promise<InboxMessage> {
    return this.send({ method: "POST", path: `/v1/me/inbox/${encodeURIComponent(messageId)}/acknowledgement`, keyed: true, answer: "json" }, options);
  }

  /** The agent has heard the recording the message points to. Needs `inbox:own`. */
  reportMessageListened(messageId: string, options: CallOptions = {}): Promise<InboxMessage> {
    return this.send({ method: "POST", path: `/v1/me/inbox/${encodeURIComponent(messageId)}/listening`, keyed: true, answer: "json" }, options);
  }

  /** Where the agent is; an older position than is known changes nothing. Needs `work:own`. */
  updateOwnLocation(body: AgentLocationInput, options: CallOptions = {}): Promise<AgentLocation> {
    return this.send({ method: "PUT", path: `/v1/me/location`, body, keyed: false, answer: "json" }, options);
  }

  /** A device of the agent can be reached by push. Needs `devices:own`. */
  registerPushSubscription(body: OwnPushSubscription, options: CallOptions = {}): Promise<PushSubscription> {
    return this.send({ method: "POST", path: `/v1/me/push-subscriptions`, body, keyed: true, answer: "json" }, options);
  }

  /** All organisations of this installation, newest first. Needs `organizations:operate`. */
  listOrganizations(query: ListOrganizationsQuery = {}, options: CallOptions = {}): Promise<OrganizationPage> {
    return this.send({ method: "GET", path: `/v1/organizations`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listOrganizations`, page after page, as they are asked for. */
  iterateOrganizations(query: ListOrganizationsQuery = {}, options: CallOptions = {}): AsyncGenerator<Organization, void, undefined> {
    return itemsOf((page) => this.listOrganizations({ ...query, ...page }, options));
  }

  /** Admits an organisation; the answer holds its administrator’s key, which is shown this once. Needs `organizations:operate`. */
  createOrganization(body: OrganizationInput, options: CallOptions = {}): Promise<AdmittedOrganization> {
    return this.send({ method: "POST", path: `/v1/organizations`, body, keyed: true, answer: "json" }, options);
  }

  /** One’s own organisation, with its settings. Needs `organization:read`. */
  getOrganization(organizationId: string, options: CallOptions = {}): Promise<Organization> {
    return this.send({ method: "GET", path: `/v1/organizations/${encodeURIComponent(organizationId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes one’s own organisation: its profile, when it calls, and its features. Needs `organization:write`. */
  updateOrganization(organizationId: string, body: OrganizationChanges, options: CallOptions = {}): Promise<Organization> {
    return this.send({ method: "PATCH", path: `/v1/organizations/${encodeURIComponent(organizationId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** What is known of recordings, the latest first, a page at a time. Needs `recordings:read`. */
  listRecordings(query: ListRecordingsQuery = {}, options: CallOptions = {}): Promise<RecordingPage> {
    return this.send({ method: "GET", path: `/v1/recordings`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listRecordings`, page after page, as they are asked for. */
  iterateRecordings(query: ListRecordingsQuery = {}, options: CallOptions = {}): AsyncGenerator<Recording, void, undefined> {
    return itemsOf((page) => this.listRecordings({ ...query, ...page }, options));
  }

  /** What is known of one recording. Needs `recordings:read`. */
  getRecording(recordingId: string, options: CallOptions = {}): Promise<Recording> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}`, keyed: false, answer: "json" }, options);
  }

  /** Redirects to a short-lived link to the audio, which serves ranges. Needs `recordings:listen`. */
  listenToRecording(recordingId: string, options: CallOptions = {}): Promise<string> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}/audio`, keyed: false, answer: "location" }, options);
  }

  /** A link to the audio that needs no credential, serves ranges, and expires within minutes. Needs `recordings:listen`. */
  createAudioLink(recordingId: string, options: CallOptions = {}): Promise<RecordingLink> {
    return this.send({ method: "POST", path: `/v1/recordings/${encodeURIComponent(recordingId)}/audio-links`, keyed: false, answer: "json" }, options);
  }

  /** Says what the customer said, as a person heard or read it. Needs `instructions:write`. */
  correctInstructions(recordingId: string, body: Correction, options: CallOptions = {}): Promise<Transcript> {
    return this.send({ method: "POST", path: `/v1/recordings/${encodeURIComponent(recordingId)}/corrections`, body, keyed: true, answer: "json" }, options);
  }

  /** The customer’s words as text, and what was understood. Needs `recordings:listen`. */
  getTranscript(recordingId: string, options: CallOptions = {}): Promise<Transcript> {
    return this.send({ method: "GET", path: `/v1/recordings/${encodeURIComponent(recordingId)}/transcript`, keyed: false, answer: "json" }, options);
  }

  /** Recordings that a person should look at, those that wait longest first, a page at a time. Needs `recordings:read`. */
  listReviews(query: ListReviewsQuery = {}, options: CallOptions = {}): Promise<TranscriptPage> {
    return this.send({ method: "GET", path: `/v1/reviews`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listReviews`, page after page, as they are asked for. */
  iterateReviews(query: ListReviewsQuery = {}, options: CallOptions = {}): AsyncGenerator<Transcript, void, undefined> {
    return itemsOf((page) => this.listReviews({ ...query, ...page }, options));
  }

  /** What persons confirmed or corrected, as lines of an evaluation set. Needs `recordings:read`. */
  exportExamples(options: CallOptions = {}): Promise<string> {
    return this.send({ method: "GET", path: `/v1/reviews/examples`, keyed: false, answer: "text" }, options);
  }

  /** Carries out a previewed plan as it was shown, or nothing of it. Needs `routing:write`. */
  commitAssignment(body: CommitAssignmentInput, options: CallOptions = {}): Promise<AssignmentPreview> {
    return this.send({ method: "POST", path: `/v1/routing/commits`, body, keyed: true, answer: "json" }, options);
  }

  /** Who would be given the waiting deliveries, with cost by term, runner-up and what binds; nothing is done. Needs `routing:read`. */
  previewAssignment(body: PlanningScope, options: CallOptions = {}): Promise<AssignmentPreview> {
    return this.send({ method: "POST", path: `/v1/routing/previews`, body, keyed: true, answer: "json" }, options);
  }

  /** Recordings by what customers said and what was understood of it, best first. Needs `search:read`. */
  search(query: SearchQuery, options: CallOptions = {}): Promise<SearchPage> {
    return this.send({ method: "GET", path: `/v1/search`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `search`, page after page, as they are asked for. */
  iterateSearch(query: SearchQuery, options: CallOptions = {}): AsyncGenerator<SearchHit, void, undefined> {
    return itemsOf((page) => this.search({ ...query, ...page }, options));
  }

  /** The organisation’s users, newest first. Needs `users:read`. */
  listUsers(query: ListUsersQuery = {}, options: CallOptions = {}): Promise<UserPage> {
    return this.send({ method: "GET", path: `/v1/users`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listUsers`, page after page, as they are asked for. */
  iterateUsers(query: ListUsersQuery = {}, options: CallOptions = {}): AsyncGenerator<User, void, undefined> {
    return itemsOf((page) => this.listUsers({ ...query, ...page }, options));
  }

  /** One user. Needs `users:read`. */
  getUser(userId: string, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "GET", path: `/v1/users/${encodeURIComponent(userId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes a user’s name, role or standing. Needs `users:write`. */
  updateUser(userId: string, body: UserChanges, options: CallOptions = {}): Promise<User> {
    return this.send({ method: "PATCH", path: `/v1/users/${encodeURIComponent(userId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Where a user is signed in, newest first. Needs `users:write`. */
  listUserSessions(userId: string, query: ListUserSessionsQuery = {}, options: CallOptions = {}): Promise<SessionPage> {
    return this.send({ method: "GET", path: `/v1/users/${encodeURIComponent(userId)}/sessions`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listUserSessions`, page after page, as they are asked for. */
  iterateUserSessions(userId: string, query: ListUserSessionsQuery = {}, options: CallOptions = {}): AsyncGenerator<Session, void, undefined> {
    return itemsOf((page) => this.listUserSessions(userId, { ...query, ...page }, options));
  }

  /** Signs a user out everywhere. Needs `users:write`. */
  revokeUserSessions(userId: string, options: CallOptions = {}): Promise<RevokedSessions> {
    return this.send({ method: "DELETE", path: `/v1/users/${encodeURIComponent(userId)}/sessions`, keyed: false, answer: "json" }, options);
  }

  /** The organisation’s endpoints, newest first, a page at a time. Needs `webhook-endpoints:read`. */
  listWebhookEndpoints(query: ListWebhookEndpointsQuery = {}, options: CallOptions = {}): Promise<WebhookEndpointPage> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listWebhookEndpoints`, page after page, as they are asked for. */
  iterateWebhookEndpoints(query: ListWebhookEndpointsQuery = {}, options: CallOptions = {}): AsyncGenerator<WebhookEndpoint, void, undefined> {
    return itemsOf((page) => this.listWebhookEndpoints({ ...query, ...page }, options));
  }

  /** A partner wants to be told; the answer holds the signing secret (Standard Webhooks). Needs `webhook-endpoints:write`. */
  createWebhookEndpoint(body: WebhookEndpointInput, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints`, body, keyed: true, answer: "json" }, options);
  }

  /** One endpoint. Needs `webhook-endpoints:read`. */
  getWebhookEndpoint(endpointId: string, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, keyed: false, answer: "json" }, options);
  }

  /** Changes where, of what and whether the partner is told. Needs `webhook-endpoints:write`. */
  updateWebhookEndpoint(endpointId: string, body: WebhookEndpointChanges, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.send({ method: "PATCH", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, body, keyed: true, answer: "json" }, options);
  }

  /** Nothing more is sent there. Needs `webhook-endpoints:write`. */
  deleteWebhookEndpoint(endpointId: string, options: CallOptions = {}): Promise<void> {
    return this.send({ method: "DELETE", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, keyed: false, answer: "nothing" }, options);
  }

  /** What was sent to the endpoint and what became of it, newest first. Needs `webhook-endpoints:read`. */
  listWebhookDeliveries(endpointId: string, query: ListWebhookDeliveriesQuery = {}, options: CallOptions = {}): Promise<WebhookDeliveryPage> {
    return this.send({ method: "GET", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries`, query: { ...query }, keyed: false, answer: "json" }, options);
  }

  /** All items of `listWebhookDeliveries`, page after page, as they are asked for. */
  iterateWebhookDeliveries(endpointId: string, query: ListWebhookDeliveriesQuery = {}, options: CallOptions = {}): AsyncGenerator<WebhookDelivery, void, undefined> {
    return itemsOf((page) => this.listWebhookDeliveries(endpointId, { ...query, ...page }, options));
  }

  /** Sends a settled webhook again: same id and body, new signature. Needs `webhook-endpoints:write`. */
  replayWebhookDelivery(endpointId: string, webhookId: string, options: CallOptions = {}): Promise<WebhookDelivery> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries/${encodeURIComponent(webhookId)}/replay`, keyed: true, answer: "json" }, options);
  }

  /** Makes a new secret; the one before signs beside it for a while. Needs `webhook-endpoints:write`. */
  rotateWebhookSecret(endpointId: string, body: WebhookSecretRotation, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/secret-rotation`, body, keyed: true, answer: "json" }, options);
  }
}
