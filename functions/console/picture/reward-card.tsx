import { Card, Tag } from "antd";
import { FigureView } from "./figure-view.tsx";
import type { RewardPicture } from "./reward-picture.ts";
import type { Words } from "./words.ts";

/** What one reward pays: a sentence, its rules, its charts. */
export function RewardCard({ reward, words }: { readonly reward: RewardPicture; readonly words: Words }) {
  return (
    <Card
      className="reward-card"
      title={<h3>{reward.name}</h3>}
      extra={
        <>
          <Tag>{reward.kind}</Tag>
          <span className="quiet">{reward.when}</span>
        </>
      }
    >
      <p className="reward-sentence">{reward.sentence}</p>
      {reward.example !== undefined && <p className="quiet">{reward.example}</p>}
      {reward.rules.length > 0 && (
        <ul className="reward-rules">
          {reward.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
      {reward.figures.map((figure) => (
        <FigureView key={figure.title} figure={figure} currency={words.currency} />
      ))}
    </Card>
  );
}
