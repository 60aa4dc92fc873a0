import type { TestedRole } from '../people.js';
import { MANAGERS, EMPTY_REQUEST, type Recipes } from './recipe.js';

const LISTENERS: readonly TestedRole[] = ['admin', 'dispatcher', 'agent'];

export const CALL_RECIPES: Recipes = {
  listCalls: { roles: MANAGERS, scope: 'calls:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getCall: {
    roles: MANAGERS,
    scope: 'calls:read',
    request: ({ completed }) => ({ params: { attemptId: completed.attemptId } }),
    foreign: 404,
  },
  cancelCall: {
    roles: MANAGERS,
    scope: 'calls:write',
    // The call is over. Its rejection with 422 instead of 403 shows that the caller has the permission.
    request: ({ completed }) => ({ params: { attemptId: completed.attemptId } }),
    status: 422,
    foreign: 404,
  },
  takeOverCall: {
    roles: MANAGERS,
    scope: 'calls:write',
    request: ({ completed }) => ({ params: { attemptId: completed.attemptId } }),
    status: 422,
    foreign: 404,
  },
  endCall: {
    roles: MANAGERS,
    scope: 'calls:write',
    request: ({ completed }) => ({ params: { attemptId: completed.attemptId } }),
    status: 422,
    foreign: 404,
  },
  listReviews: { roles: MANAGERS, scope: 'recordings:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  exportExamples: { roles: MANAGERS, scope: 'recordings:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  correctInstructions: {
    roles: MANAGERS,
    scope: 'instructions:write',
    request: ({ completed }) => ({
      params: { recordingId: completed.recordingId },
      body: { note: 'Listened to it.' },
    }),
    foreign: 404,
  },
  listRecordings: { roles: MANAGERS, scope: 'recordings:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getRecording: {
    roles: MANAGERS,
    scope: 'recordings:read',
    request: ({ completed }) => ({ params: { recordingId: completed.recordingId } }),
    foreign: 404,
  },
  getTranscript: {
    roles: LISTENERS,
    scope: 'recordings:listen',
    request: ({ completed }) => ({ params: { recordingId: completed.recordingId } }),
    foreign: 404,
  },
  createAudioLink: {
    roles: LISTENERS,
    scope: 'recordings:listen',
    request: ({ completed }) => ({ params: { recordingId: completed.recordingId } }),
    foreign: 404,
  },
  search: {
    roles: MANAGERS,
    scope: 'search:read',
    request: () => ({ query: { q: 'back porch' } }),
    foreign: 'refers to no object',
  },
  listenToRecording: {
    roles: LISTENERS,
    scope: 'recordings:listen',
    request: ({ completed }) => ({ params: { recordingId: completed.recordingId } }),
    foreign: 404,
  },
  getSummary: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
};
