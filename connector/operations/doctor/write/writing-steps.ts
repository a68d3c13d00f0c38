import {
  activateUser,
  checkUserExists,
  createAgain,
  createNewUser,
  createPendingUser,
  importUserProfile,
} from './steps/creating.ts';
import { downloadChanged } from './steps/incremental.ts';
import { createGroup, deleteGroup, emptyGroup, pushMembership, renameGroup } from './steps/pushing-groups.ts';
import { deactivateUser, pushPasswordUpdate, pushProfileUpdate, reactivateUser } from './steps/updating.ts';
import type { WritingStep } from './writing-step.ts';

/** Every step that changes something, in the order of somebody's life. */
export const WRITING_STEPS: readonly WritingStep[] = [
  createNewUser,
  importUserProfile,
  checkUserExists,
  pushProfileUpdate,
  pushPasswordUpdate,
  deactivateUser,
  reactivateUser,
  createPendingUser,
  activateUser,
  createAgain,
  createGroup,
  pushMembership,
  downloadChanged,
  renameGroup,
  emptyGroup,
  deleteGroup,
];
