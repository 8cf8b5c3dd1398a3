import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connectInspector } from '#inspector/connect-inspector'
import { InspectorPanel } from '#inspector/ui/index'
import { openAsInspectorWindow } from './inspection-windows.ts'
import { trustScripts } from './trusted-scripts.ts'
import './styles/tokens.css'
import './styles/base.css'

const Waiting = () => (
  <>
    <strong>No field book answers.</strong>
    <p>
      Open one in another tab or window of this browser, <a href="./">at this address</a>: it appears here by itself,
      and so does every further device. One that was open before this page and does not appear is asleep: bring it to
      the front once.
    </p>
    <p>A recording from another device can be looked at, too: open its file, or drop it here.</p>
  </>
)

trustScripts()
const host = document.getElementById('root')
if (!host) throw new Error('inspector.html has no #root')
const inspector = connectInspector()
addEventListener('pagehide', () => inspector.close())
// Closed, it would show a past that looks like now.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
createRoot(host).render(
  <StrictMode>
    <InspectorPanel source={inspector} waiting={<Waiting />} />
  </StrictMode>,
)
await openAsInspectorWindow()
