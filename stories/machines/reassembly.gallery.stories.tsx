import type { Meta } from '@storybook/react-vite'
import { type GalleryStory, galleryOf, MachineGallery } from '../support/machines-gallery.tsx'

const meta = {
  title: 'Machines/reassembly/Gallery',
  component: MachineGallery,
  tags: ['!autodocs'],
} satisfies Meta<typeof MachineGallery>
export default meta

export const Gallery: GalleryStory = galleryOf('reassembly')
