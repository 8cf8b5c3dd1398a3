import { EVENT_STYLES } from './event-styles.ts'
import { FRAME_STYLES } from './frame-styles.ts'
import { PANE_STYLES } from './pane-styles.ts'
import { SEQUENCE_STYLES } from './sequence-styles.ts'

/** The look of the inspector. Colors follow `color-scheme`, and that follows the page. */
export const PANEL_STYLES = [FRAME_STYLES, PANE_STYLES, EVENT_STYLES, SEQUENCE_STYLES].join('\n')
