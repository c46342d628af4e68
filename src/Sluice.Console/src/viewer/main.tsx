import "@mantine/core/styles.css";
import "../app/base.css";
import { MantineProvider } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import { QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { StrictMode, useEffect, useMemo, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../app/queryClient";
import { currentlyGiven, listen, onGiven } from "./host";
import { themeOf, variablesOf } from "./look";
import { groundIn } from "./settings";
import { Viewer } from "./Viewer";

// The page's policy lets in styles with it and no others.
const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
setNonce(nonce);

const client = createQueryClient();

function Looking() {
  const { token, look, hasSpoken } = useSyncExternalStore(onGiven, currentlyGiven);
  const system = useColorScheme("light", { getInitialValueInEffect: false });
  const scheme = look.theme === "auto" ? system : look.theme;
  const background = groundIn(look, scheme)?.body;
  useEffect(() => { document.documentElement.style.backgroundColor = background ?? ""; }, [background]);
  const theme = useMemo(() => themeOf(look), [look]);
  const variables = useMemo(() => variablesOf(look), [look]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme} getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}><Viewer token={token} hasSpoken={hasSpoken} /></QueryClientProvider>
    </MantineProvider>
  );
}

listen();

const root = document.getElementById("root");
if (!root) throw new Error("viewer.html has no root.");

createRoot(root).render(<StrictMode><Looking /></StrictMode>);
