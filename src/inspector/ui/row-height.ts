/** Height of a line of lists and trees, px; as the style sheet has it. */
export const ROW_HEIGHT = 24
