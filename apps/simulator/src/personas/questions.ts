/**
 * Patterns by which personas recognize the questions in DelAuto's English prompts. They are broad, because the wording
 * of the prompts may change.
 */
export const questions = {
  mayRecord:
    /\b(?:is it (?:ok|okay|all right|alright)|may|can|could) (?:if )?we record|is recording okay|\brecord(?:ing)? (?:this|the) call\b[^.?!]*\?|agree to (?:be|being) recorded|okay to record|consent/u,
  /** The open question, which also asks where to leave the parcel. */
  willBeHome:
    /\b(?:will|are|is|would) (?:you|someone|somebody|anyone|anybody)\b[^.?!]*\b(?:be|in|there|home|available)|if (?:someone|somebody) will be there|(?:be|at) home to/u,
  howToLeave:
    /(?<!\bor |\bsay )\b(?:where|how)\b[^.?!]*\b(?:leave|put|place|deliver|drop|hand)|(?<!should we )\b(?:leave|place|put) (?:it|the parcel|your \w+)\b[^.?!]*\?|\b(?:tell|say)\b[^.?!]*\b(?:driver|courier|agent|place)/u,
  isThatRight:
    /\b(?:(?:is|if) (?:that|this) (?:is )?(?:right|correct|ok|okay)|correct\?|right\?|did i (?:get|understand|hear)|have i understood|shall i (?:pass|note)|are you sure)/u,
  /** All instructions, read back before the customer confirms them. */
  readBack: /\b(?:so (?:nobody|somebody|if nobody|your|we leave)|once more:|to sum up)\b.*\b(?:right|correct)\b/u,
  whichTime:
    /\b(?:which|what) (?:one|day|time|slot|window|date)\b[^.?!]*|does that suit you|keep the planned time|\breschedul/u,
} as const;
