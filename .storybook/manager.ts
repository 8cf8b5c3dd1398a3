import { addons } from 'storybook/manager-api'
import { create } from 'storybook/theming'

addons.setConfig({
  theme: create({ base: 'light', brandTitle: 'fieldmesh · the stage', colorSecondary: '#0a6390' }),
})
