/**
 * What two devices tell each other through signaling to make a link. `connId` names the attempt:
 * signals of another attempt are ignored. Epochs are as in `Hello`.
 */
export type Signal =
  | { readonly kind: 'offer'; readonly connId: string; readonly epoch: number; readonly sdp: string }
  | { readonly kind: 'answer'; readonly connId: string; readonly epoch: number; readonly sdp: string }
  | {
      readonly kind: 'candidate'
      readonly connId: string
      readonly candidate: string
      readonly mid: string
      readonly line: number
    }
  /** From the answering side, which may not dial: "our link is gone, or never was: dial me". */
  | { readonly kind: 'nudge'; readonly epoch: number }

export type DescriptionSignal = Extract<Signal, { sdp: string }>
