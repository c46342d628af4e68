import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client";
import { keys } from "../../api/keys";

/** Has one made now; what it answers says that it runs. */
export function useStartSelfCheck() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("post", "/v1/audit/log/self-check"),
    onSuccess: (state) => { client.setQueryData(keys.selfCheck, state); },
  });
}
