/** The API's description of a member: what stands between backticks is code. */
export function Described({ text }: { text: string }) {
  return <>{text.split("`").map((part, index) => (index % 2 === 1 ? <span key={index} className="mono">{part}</span> : part))}</>;
}
