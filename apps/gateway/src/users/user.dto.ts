import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectListField,
  TextField,
  USER_ROLES,
  type UserRole,
} from '#libs/contracts/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';

/** An e-mail address. Only ASCII is permitted, so that lowercasing is unambiguous. */
export const EMAIL = {
  min: 6,
  max: 254,
  pattern: /^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  patternMeaning: 'an e-mail address',
  example: 'ana@example.com',
} as const;

/** A user as the API returns it, without the password hash. */
export class User {
  @IdField() userId!: string;
  @TextField(EMAIL) email!: string;
  @TextField({ max: 120 }) name!: string;
  @ChoiceField(USER_ROLES) role!: UserRole;
  @IdField({ optional: true, description: 'The agent this user is, when the role is agent.' }) agentId?: string;
  @FlagField() active!: boolean;
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) lastSignInAt?: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class UserPage {
  @ObjectListField(() => User, { maxItems: 200 }) items!: User[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class UsersQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(USER_ROLES, { optional: true }) role?: UserRole;
}

export class UserChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @ChoiceField(USER_ROLES, { optional: true }) role?: UserRole;
  @IdField({ optional: true, description: 'Required with the role agent.' }) agentId?: string;
  @FlagField({ optional: true, description: '`false` ends all sessions of the user immediately.' }) active?: boolean;
}

export function toUser(user: UserDocument): User {
  const { _id: userId, email, name, role, agentId, active, createdAt, lastSignInAt, revision } = user;
  return {
    userId,
    email,
    name,
    role,
    ...(agentId === undefined ? {} : { agentId }),
    active,
    createdAt: createdAt.toISOString(),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt: lastSignInAt.toISOString() }),
    revision,
  };
}
