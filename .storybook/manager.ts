import { addons } from 'storybook/manager-api'
import { create } from 'storybook/theming'

/** Stories that fill the page and have no controls. */
const IS_WHOLE = /^(flows|stage|machines|inspector|start-here)-/

addons.setConfig({
  layoutCustomisations: {
    showPanel: ({ storyId }: { readonly storyId?: string | undefined }, usual: boolean) =>
      IS_WHOLE.test(storyId ?? '') ? false : usual,
  },
  theme: create({ base: 'light', brandTitle: 'fieldmesh · the stage', colorSecondary: '#0a6390' }),
})
