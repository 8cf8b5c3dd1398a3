/**
 * What two devices tell each other through signaling to make a link. `connId` names the attempt:
 * signals of another attempt are ignored. Epochs are as in `Hello`. `session` is the text of `sessionText`, `candidate`
 * that of `encodeCandidate`: validated fields, never a session description.
 */
export type Signal =
  | { readonly kind: 'offer'; readonly connId: string; readonly epoch: number; readonly session: string }
  | { readonly kind: 'answer'; readonly connId: string; readonly epoch: number; readonly session: string }
  | { readonly kind: 'candidate'; readonly connId: string; readonly candidate: string }
  /** From the answering side, which may not dial: "our link is gone, or never was: dial me". */
  | { readonly kind: 'nudge'; readonly epoch: number }

export type DescriptionSignal = Extract<Signal, { session: string }>
