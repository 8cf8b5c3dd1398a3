/** fieldmesh/node: what a device on Node has in place of a browser. */
export { createFileDeviceKeys, type FileDeviceKeysOptions } from './file-device-keys.ts'
