/** One tab holds the log; this one waits for it to close. */
export const StandbyScreen = () => (
  <main className="panel" data-testid="standby">
    <h1>Another tab is active</h1>
    <p>This field book is open in another tab or window of this browser. Two of them must not write at once.</p>
    <p>Use that tab, or close it: this one then takes over by itself.</p>
    <p className="waiting" role="status">
      Waiting for the other tab…
    </p>
  </main>
)
