import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { address } from "../../api/client";
import type { AuditEvent } from "../../api/types";
import { LiveBuffer } from "./liveBuffer";
import { apiFilter, type View } from "./view";

export interface Live {
  isOn: boolean;
  isPaused: boolean;
  /** The stream is open; otherwise the browser tries by itself. */
  isConnected: boolean;
  /** Arrived and not shown yet. */
  waiting: number;
  /** Shown above the pages, the newest first. */
  shown: AuditEvent[];
  toggle: () => void;
  pause: (isPaused: boolean) => void;
  /** Shows what waits. */
  show: () => void;
}

const mostShown = 1_000;
const pace = 500;

/** Events as they are committed, at most twice a second. `refresh` asks for the list anew: at the start, so that nothing is missed between, and when more came than is worth keeping. */
export function useLive({ filter, isOwn }: View, { isHeld, refresh }: { isHeld: boolean; refresh: () => void }): Live {
  const [isOn, setOn] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [isConnected, setConnected] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const [shown, setShown] = useState<AuditEvent[]>([]);
  const buffer = useMemo(() => new LiveBuffer(mostShown), []);
  const isSeen = useIsSeen();

  const count = useRef(0);

  const show = useCallback(() => {
    const taken = buffer.take();
    setWaiting(0);
    if (taken?.length === 0) return;
    const isTooMuch = !taken || count.current + taken.length > mostShown;
    const fresh = isTooMuch ? [] : taken.map((text) => JSON.parse(text) as AuditEvent).reverse();
    const isFirst = count.current === 0;
    count.current = isTooMuch ? 0 : count.current + fresh.length;
    if (isTooMuch) refresh();
    else setShown((before) => (isFirst ? fresh : [...fresh, ...before]));
  }, [buffer, refresh]);

  const pause = useCallback((toPause: boolean) => {
    if (toPause) show();
    setPaused(toPause);
  }, [show]);

  useEffect(() => {
    if (!isOn || !isSeen) return;
    const stream = new EventSource(address("/v1/audit/events/live", { query: { filter: apiFilter(filter, { from: null, to: null }), source: isOwn ? "sluice" : undefined } }));
    let isFirst = true;
    stream.onopen = () => {
      setConnected(true);
      if (isFirst) refresh();
      isFirst = false;
    };
    stream.onerror = () => setConnected(false);
    stream.onmessage = (message) => buffer.add(message.data as string);
    return () => {
      stream.close();
      buffer.take();
      setConnected(false);
      count.current = 0;
      setWaiting(0);
      setShown([]);
    };
  }, [isOn, isSeen, filter, isOwn, buffer, refresh]);

  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => (isPaused || isHeld ? setWaiting(buffer.waiting) : show()), pace);
    return () => clearInterval(timer);
  }, [isOn, isPaused, isHeld, buffer, show]);

  const toggle = useCallback(() => {
    setPaused(false);
    setOn((before) => !before);
  }, []);
  return { isOn, isPaused, isConnected, waiting, shown, toggle, pause, show };
}

/** Browsers open few connections to a server: tabs that nobody sees give theirs back. */
function useIsSeen(): boolean {
  const [isSeen, setSeen] = useState(!document.hidden);
  useEffect(() => {
    const onChange = () => setSeen(!document.hidden);
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);
  return isSeen;
}
