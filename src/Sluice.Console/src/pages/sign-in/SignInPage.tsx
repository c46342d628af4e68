import { Box, Button, Center, Divider, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import { get } from "../../api/client";
import { keys } from "../../api/keys";
import { useForgetting, useSignIn } from "../../app/session";
import { ProblemAlert } from "../../components/ProblemAlert";

/** Asks for a key, and leads to the provider where one is set up. */
export function SignInPage() {
  useForgetting();
  useEffect(() => { document.title = "Sign in · Sluice"; }, []);
  const ways = useQuery({ queryKey: keys.signIn, queryFn: ({ signal }) => get("/v1/sign-in", { signal }), staleTime: Infinity });
  const provider = ways.data?.oidc;
  return (
    <Center component="main" mih="100vh" p="md">
      <Box className="panel" w={380} maw="100%" p="xl">
        <Stack gap="md">
          <Stack gap={6} align="center"><img src="/favicon.svg" width={40} height={40} alt="" /><Title order={1}>Sign in to Sluice</Title></Stack>
          {provider?.url && <><Button component="a" href={`${provider.url}?return_to=${encodeURIComponent(returnTo())}`} size="sm">Sign in with {provider.name}</Button><Divider label="or with an access key" /></>}
          <KeyForm isMain={!provider} />
        </Stack>
      </Box>
    </Center>
  );
}

/** Where one wanted to go before one had to sign in. */
function returnTo(): string {
  const { pathname, search } = window.location;
  return pathname === "/sign-in" ? "/" : pathname + search;
}

function KeyForm({ isMain }: { isMain: boolean }) {
  const [key, setKey] = useState("");
  const signIn = useMutation({ mutationFn: useSignIn(), gcTime: 0 });
  function submit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(key);
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label="Access key" placeholder="slc_live_…" value={key} onChange={(event) => setKey(event.currentTarget.value)} autoComplete="current-password" data-autofocus autoFocus
          required withAsterisk={false} visibilityToggleButtonProps={{ "aria-label": "Show the key" }}
        />
        <Button type="submit" size="sm" variant={isMain ? "filled" : "default"} loading={signIn.isPending} disabled={key.trim() === ""}>Sign in</Button>
        {signIn.error && <ProblemAlert title="Not signed in" error={signIn.error} />}
        <Text fz="xs" c="dimmed">You may see and do what the key may. The first start of the server shows one; <span className="mono">sluice keys create</span> on the server makes more.</Text>
      </Stack>
    </form>
  );
}
