import { useMembers } from '#react/index'

/** What a removal does, and what nobody should believe that it does. */
export const RemovalMeans = () => (
  <div className="means">
    <h3>What it does</h3>
    <ul className="points">
      <li>What the device writes from now on counts nowhere. What it wrote before stays.</li>
      <li>No device that has heard of the removal connects to it.</li>
      <li>It is for good: it can come back only as a new device, with other digits.</li>
    </ul>
    <h3>What it does not do</h3>
    <ul className="points">
      <li>Nothing is wiped from it: what it holds already stays readable on it.</li>
      <li>Devices that have not heard of it yet take its entries for now. They leave them out once they hear.</li>
      <li>
        It still knows the secret in the invitation. If the device is in the wrong hands, change the invitation, too:
        under “Invite a device”.
      </li>
    </ul>
  </div>
)

/** What it means to remove the device in one's hands. */
export const OwnRemoval = () => {
  const { policy, list } = useMembers()
  const others = list.filter(({ isSelf, role, standing }) => !isSelf && role === 'admin' && standing === 'member')
  const isLastAdmin = policy === 'certified' && others.length === 0
  return (
    <div className="warning" data-testid="own-removal">
      <p>
        <strong>This is the device in your hands.</strong> You can still read here what it holds, and never write again
        as this device. Nobody can undo it, you neither.
      </p>
      {isLastAdmin && (
        <p>
          <strong>It is the only admin.</strong> After this, only the founder’s key can admit devices.
        </p>
      )}
    </div>
  )
}
