/** How personas recognise what they are asked, in English. Broad on purpose: the wording of the flow may change. */
export const questions = {
  mayRecord:
    /\b(?:is it (?:ok|okay|all right|alright)|may|can|could) (?:if )?we record|\brecord(?:ing)? (?:this|the) call\b[^.?!]*\?|agree to (?:be|being) recorded|okay to record|consent/u,
  willBeHome:
    /(?:will|are|is|would) (?:you|someone|somebody|anyone|anybody)\b[^.?!]*\b(?:be|in|there|home|available)|(?:be|at) home to|someone (?:be )?there/u,
  howToLeave:
    /\b(?:where|how)\b[^.?!]*\b(?:leave|put|place|deliver|drop|hand)|(?:leave|place|put) (?:it|the parcel|your parcel|your \w+)\b[^.?!]*\?|instructions?|(?:tell|say)[^.?!]*\b(?:driver|courier|agent)/u,
  isThatRight:
    /\b(?:is (?:that|this) (?:right|correct|ok|okay)|correct\?|right\?|did i (?:get|understand|hear)|have i understood|shall i (?:pass|note)|do you (?:really|still) want|are you sure)/u,
  whichTime: /\b(?:which|what|when|another|different|better|other)\b[^.?!]*\b(?:day|time|slot|window|date)|reschedul/u,
  anythingElse: /anything else|something else/u,
} as const;
