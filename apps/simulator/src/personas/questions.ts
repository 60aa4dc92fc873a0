/**
 * Patterns by which personas recognize the questions in DelAuto's English prompts. They are broad, because the wording
 * of the prompts may change.
 */
export const questions = {
  mayRecord:
    /\b(?:is it (?:ok|okay|all right|alright)|may|can|could) (?:if )?we record|\brecord(?:ing)? (?:this|the) call\b[^.?!]*\?|agree to (?:be|being) recorded|okay to record|consent/u,
  willBeHome:
    /\b(?:will|are|is|would) (?:you|someone|somebody|anyone|anybody)\b[^.?!]*\b(?:be|in|there|home|available)|(?:be|at) home to/u,
  howToLeave:
    /\b(?:where|how)\b[^.?!]*\b(?:leave|put|place|deliver|drop|hand)|\b(?:leave|place|put) (?:it|the parcel|your \w+)\b[^.?!]*\?|\b(?:tell|say)\b[^.?!]*\b(?:driver|courier|agent)/u,
  isThatRight:
    /\b(?:(?:is|if) (?:that|this) (?:is )?(?:right|correct|ok|okay)|correct\?|right\?|did i (?:get|understand|hear)|have i understood|shall i (?:pass|note)|are you sure)/u,
  /** All instructions, read back before the customer confirms them. */
  readBack: /\b(?:i have noted|to sum up|you said)\b.*\b(?:right|correct)\b/u,
  whichTime:
    /\b(?:which|what|when|another|different|better|other)\b[^.?!]*\b(?:day|time|slot|window|date)|\breschedul/u,
} as const;
